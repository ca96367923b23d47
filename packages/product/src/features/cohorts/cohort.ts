import type { Moment, Reactor, Step } from '../../kernel/slice.ts';

/** A fixed list of people: whoever was put on it is on it until somebody takes them off. */
export interface Cohort {
  readonly name: string;
  readonly description: string;
}

export interface CohortState {
  /** Epoch milliseconds; null = taken off. */
  readonly since: number | null;
  /** When that was last changed. */
  readonly changedAt: number;
}

/** The commands that move people; each carries the list's id as `cohort`. */
export const cohortCommands = { added: 'added', removed: 'removed' } as const;

/** On the list since the first time, until taken off. */
function advanceCohort({ definition, state, happening, now }: Moment<Cohort, CohortState>): Step<CohortState> {
  const unchanged = { state, effects: [] };
  if (happening.kind !== 'command' || happening.payload.cohort !== definition.id) return unchanged;
  const on = state !== undefined && state.since !== null;
  const wanted = happening.name === cohortCommands.added;
  if (on === wanted) return unchanged;
  return { state: { since: wanted ? now : null, changedAt: now }, effects: [{ type: 'show' }] };
}

export const cohortReactor: Reactor<Cohort, CohortState> = {
  slice: 'cohorts',
  subject: 'person',
  listens: () => ['command:cohorts'],
  advance: advanceCohort,
  standing: ({ since, changedAt }) => ({ status: since === null ? 'off' : 'on', at: changedAt }),
  // Whoever of the two was on the list brings the other along.
  merge: (one, other) => {
    const since = [one.since, other.since].filter((at) => at !== null);
    return { since: since.length === 0 ? null : Math.min(...since), changedAt: Math.max(one.changedAt, other.changedAt) };
  },
  cohortSince: ({ since }) => since,
};
