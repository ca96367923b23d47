import type { DefinitionAnswer } from '@gangway/web/kit/api/answers.ts';
import { useApi } from '@gangway/web/kit/api/use-api.ts';
import { newDefinitionId } from '@gangway/web/kit/definitions/new-definition-id.ts';
import { namesPath } from '@gangway/web/kit/definitions/use-definitions.ts';
import { useMemo } from 'react';
import type { Cohort } from '../cohort.ts';
import type { CohortPeopleAnswer, CohortPeopleRequest } from '../contract.ts';
import { listMaker } from './list-maker.ts';
import { movePeople } from './move-people.ts';

/** What can be done with lists; each rejects with an `ApiProblem`. A list has no draft state of its own: it holds as soon as it is saved. */
export function useListChanges() {
  const api = useApi();
  return useMemo(() => {
    const path = (id: string) => `definitions/cohorts/${encodeURIComponent(id)}`;
    const refresh = () => Promise.all([api.refresh('definitions/cohorts'), api.refresh(namesPath('cohorts'))]);
    const refreshed = async <Answer>(change: Promise<Answer>) => {
      try {
        return await change;
      } finally {
        await refresh();
      }
    };
    const put = async (id: string, body: Cohort, revision: number) =>
      (await api.put<DefinitionAnswer>(path(id), { body, revision })).revision;
    const publish = (id: string, revision: number) => api.post(`${path(id)}/publish`, { revision, backfill: 'from_now' });
    return {
      /** Makes one new list, however often it is called until that is done; gives its id. */
      maker: () => {
        const make = listMaker({ newId: (name) => newDefinitionId(name, 'list'), save: put, publish });
        return (body: Cohort) => refreshed(make(body));
      },
      save: (id: string, body: Cohort, revision: number) => refreshed(put(id, body, revision).then((saved) => publish(id, saved))),
      move: async (list: string, people: Partial<Readonly<CohortPeopleRequest>>, onProgress?: (share: number) => void) => {
        const post = (to: string, body: unknown) => api.post<CohortPeopleAnswer>(to, body);
        try {
          return await movePeople({ post, list, people, ...(onProgress ? { onProgress } : {}) });
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
