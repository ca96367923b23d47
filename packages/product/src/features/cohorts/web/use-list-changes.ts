import type { DefinitionAnswer } from '@gangway/web/kit/api/answers.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { newDefinitionId } from '@gangway/web/kit/definitions/new-definition-id.ts';
import { namesPath } from '@gangway/web/kit/definitions/use-definitions.ts';
import { useMemo } from 'react';
import type { Cohort } from '../cohort.ts';
import type { CohortPeopleAnswer, CohortPeopleRequest } from '../contract.ts';
import { movePeople } from './move-people.ts';

/** What can be done with lists; each rejects with an `ApiProblem`. A list has no draft state of its own: it holds as soon as it is saved. */
export function useListChanges() {
  const api = useApi();
  return useMemo(() => {
    const path = (id: string) => `definitions/cohorts/${encodeURIComponent(id)}`;
    const refresh = () => Promise.all([api.refresh('definitions/cohorts'), api.refresh(namesPath('cohorts'))]);
    const save = async (id: string, body: Cohort, revision: number) => {
      try {
        const saved = await api.put<DefinitionAnswer>(path(id), { body, revision });
        await api.post(`${path(id)}/publish`, { revision: saved.revision, backfill: 'from_now' });
      } finally {
        await refresh();
      }
    };
    return {
      /** Gives the id of the new list. */
      create: async (body: Cohort) => {
        const id = newDefinitionId(body.name, 'list');
        await save(id, body, 0);
        return id;
      },
      save,
      move: async (
        list: string,
        wish: { way: keyof CohortPeopleRequest; ids: readonly string[]; onProgress?: (share: number) => void },
      ) => {
        try {
          return await movePeople({ post: (to, body) => api.post<CohortPeopleAnswer>(to, body), list, ...wish });
        } finally {
          await Promise.all([api.refresh(`cohorts/${encodeURIComponent(list)}`), refresh()]);
        }
      },
      remove: async (id: string) => {
        await api.remove(`cohorts/${encodeURIComponent(id)}`);
        await refresh();
      },
      /** Brings a list back that was deleted, with everybody who was on it. */
      restore: async (id: string) => {
        const { version } = await api.get<DefinitionAnswer>(path(id));
        await api.post(`${path(id)}/versions/${version}/publish`, { latest: version, backfill: 'from_now' });
        await refresh();
      },
    };
  }, [api]);
}
