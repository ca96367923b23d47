import type { Json } from '../kernel/json.ts';
import type { StoredForm } from '../ports/db/db.ts';
import type { ResolvedEntry } from './working-set.ts';

/**
 * What an event of a person came to: how many entries after the one before it, the person, the distance of its order
 * key from the one before, the account; then each milestone with the distance of its key from the event's. The
 * account is left out where there is none and no milestone follows.
 */
type StoredEvent = readonly [places: number, person: number, distance: number, ...(string | number | null)[]];

/** Outcomes of all other shapes lie as they are, and so did all in what earlier versions wrote. */
type StoredOutcome = StoredEvent | ResolvedEntry;

/**
 * What the entries of a batch came to, as the store keeps it. An order key has 16 digits, which are slow to become
 * text and to be read again; a distance has few.
 */
export const outcomesForm: StoredForm = {
  write: (outcomes, text) => text.value(store(outcomes as unknown as readonly ResolvedEntry[]) as unknown as Json),
  load: (stored) => load(stored as unknown as readonly StoredOutcome[]) as unknown as Json,
};

function store(outcomes: readonly ResolvedEntry[]): StoredOutcome[] {
  let [place, key] = [0, 0];
  return outcomes.map((outcome): StoredOutcome => {
    const { i, p, k, a, m, merges, each } = outcome;
    if (p === undefined || k === undefined || a === undefined || m?.length === 0 || merges || each) return outcome;
    const [places, distance] = [i - place, k - key];
    place = i;
    key = k;
    if (m === undefined) return a === null ? [places, p, distance] : [places, p, distance, a];
    const stored: [number, number, number, ...(string | number | null)[]] = [places, p, distance, a];
    for (const [milestone, at] of m) stored.push(milestone, at - k);
    return stored;
  });
}

function load(stored: readonly StoredOutcome[]): ResolvedEntry[] {
  let [place, key] = [0, 0];
  return stored.map((outcome): ResolvedEntry => {
    if (!isEvent(outcome)) return outcome;
    const [places, p, distance, account = null] = outcome;
    place += places;
    key += distance;
    const a = account as string | null;
    return outcome.length > 4 ? { i: place, p, k: key, a, m: milestonesOf(outcome, key) } : { i: place, p, k: key, a };
  });
}

function isEvent(outcome: StoredOutcome): outcome is StoredEvent {
  return Array.isArray(outcome);
}

function milestonesOf(stored: StoredEvent, key: number): [string, number][] {
  const milestones: [string, number][] = [];
  for (let index = 4; index < stored.length; index += 2) milestones.push([stored[index] as string, (stored[index + 1] as number) + key]);
  return milestones;
}
