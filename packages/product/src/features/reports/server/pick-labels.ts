import type { EventPick } from '../event-pick.ts';

/** Asks how milestones are called: the name of each by its id. */
export type MilestoneNames = () => Promise<(id: string) => string>;

/** What a reader calls the rows that are meant, in their order. Names are asked for only when a milestone is meant. */
export async function pickLabels(picks: readonly EventPick[], names: MilestoneNames): Promise<string[]> {
  const nameOf = picks.some(({ type }) => type === 'milestone') ? await names() : (id: string) => id;
  return picks.map((pick) => {
    if (pick.type === 'any') return 'Any event';
    return pick.type === 'event' ? pick.name : nameOf(pick.id);
  });
}
