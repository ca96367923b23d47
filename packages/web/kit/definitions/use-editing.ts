import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { DefinitionAnswer } from '../api/answers.ts';
import { asProblem } from '../api/api-problem.ts';
import { useEnvironment } from '../api/environment.tsx';
import { answerKey } from '../api/use-answer.ts';
import { useApi } from '../api/use-api.ts';
import { type Draft, DraftKeeper } from './draft-keeper.ts';
import type { Issue } from './issue.ts';
import { keepLocalDraft, type LocalDraft } from './local-draft.ts';
import { type DefinitionSlice, namesPath } from './use-definitions.ts';

export type Backfill = 'everyone' | 'from_now';

/** One definition in the hands of its author: the draft, and what can be done with it. */
export interface Editing<Body> {
  readonly slice: DefinitionSlice;
  readonly id: string;
  /** What the server has; undefined until the first save. */
  readonly answer: DefinitionAnswer | undefined;
  readonly draft: Draft<Body>;
  readonly change: (body: Body) => void;
  /** Saves now; true when the server has what the form shows. */
  readonly flush: () => Promise<boolean>;
  /** Rejects with an `ApiProblem`. */
  readonly publish: (backfill: Backfill) => Promise<DefinitionAnswer>;
  /** Publishes an older version again, as the next one. Rejects with an `ApiProblem`. */
  readonly rollBack: (version: number, backfill: Backfill) => Promise<DefinitionAnswer>;
  readonly kill: () => Promise<DefinitionAnswer>;
  /** Throws away a draft that the server never had. Gives back what brings it to life again. */
  readonly discard: () => () => void;
  /** Ends a conflict. */
  readonly keepMine: () => Promise<void>;
  readonly takeTheirs: () => Promise<void>;
  /** Asks the server how the definition stands now. */
  readonly look: () => Promise<void>;
}

export interface EditingStart<Body> {
  readonly slice: DefinitionSlice;
  readonly id: string;
  readonly answer: DefinitionAnswer | undefined;
  /** A draft that this browser kept and the server does not have. */
  readonly local: LocalDraft | undefined;
  readonly complaints: (body: Body) => readonly Issue[];
}

/**
 * Edits a definition that has been loaded. The type of the body is the caller's promise: the server checks every
 * body against the slice's schema before it keeps it, so what it answers has that shape.
 */
export function useEditing<Body>(start: EditingStart<Body>): Editing<Body> {
  const { slice, id, answer } = start;
  const environment = useEnvironment().id;
  const api = useApi();
  const cache = useQueryClient();
  const path = `definitions/${slice}/${id}`;
  const take = useCallback(
    (next: DefinitionAnswer) => {
      api.keep(path, next);
      for (const list of [`definitions/${slice}`, namesPath(slice)])
        void cache.invalidateQueries({ queryKey: answerKey(environment, list) });
      return next;
    },
    [api, cache, path, environment, slice],
  );
  const [keeper] = useState(() => {
    const { local } = start;
    // A local draft goes on from the revision it was based on: if the server has moved on, that is a conflict to decide.
    const first = local ?? { body: answer?.draft, revision: answer?.revision ?? 0 };
    return new DraftKeeper<Body>(
      { body: first.body as Body, revision: first.revision, dirty: local !== undefined },
      {
        send: async (body, revision) => take(await api.put<DefinitionAnswer>(path, { body, revision })).revision,
        complaints: start.complaints,
        keepLocally: (draft) => keepLocalDraft({ environment, slice, id }, draft),
        problemOf: asProblem,
        now: Date.now,
      },
    );
  });
  const draft = useSyncExternalStore(keeper.subscribe, keeper.snapshot);
  useEffect(() => () => void keeper.flush(), [keeper]);
  useEffect(() => {
    const now = keeper.snapshot();
    if (answer && answer.revision > now.revision && now.save.kind === 'saved') keeper.adopt(answer.draft as Body, answer.revision);
  }, [answer, keeper]);
  const latest = useRef<number>(1);
  latest.current = answer?.version ?? 1;
  const actions = useMemo(() => {
    const theirs = async () => take(await api.get<DefinitionAnswer>(path));
    return {
      change: keeper.change,
      flush: keeper.flush,
      publish: async (backfill: Backfill) =>
        take(await api.post<DefinitionAnswer>(`${path}/publish`, { revision: keeper.snapshot().revision, backfill })),
      rollBack: async (version: number, backfill: Backfill) =>
        take(await api.post<DefinitionAnswer>(`${path}/versions/${version}/publish`, { latest: latest.current, backfill })),
      kill: async () => take(await api.post<DefinitionAnswer>(`${path}/kill`)),
      discard: () => {
        const { body } = keeper.snapshot();
        keeper.stop();
        return () => keepLocalDraft({ environment, slice, id }, { revision: 0, body, at: Date.now() });
      },
      look: async () => void (await theirs()),
      keepMine: async () => keeper.insist((await theirs()).revision),
      takeTheirs: async () => {
        const next = await theirs();
        keeper.adopt(next.draft as Body, next.revision);
      },
    };
  }, [api, keeper, path, take, environment, slice, id]);
  return { slice, id, answer, draft, ...actions };
}
