/** How sure it is that a subject was in: `maybe` where only a page could tell, and its page was not recorded. */
export type Presence = 'no' | 'maybe' | 'yes';

/** What was seen of one subject and one candidate. Instants in epoch milliseconds. */
export interface Observation {
  now: Presence;
  /** When it first was in for certain. */
  sureAt: number | undefined;
  /** When it first was or may have been in. */
  possibleAt: number | undefined;
  /** How often it came in, counting what is only possible. */
  times: number;
  /** When time alone could change the answer. */
  until: number | undefined;
}

export function newObservation(): Observation {
  return { now: 'no', sureAt: undefined, possibleAt: undefined, times: 0, until: undefined };
}

/** The subject is found in or out at an instant. */
export function note(seen: Observation, presence: Presence, at: number): void {
  if (presence !== 'no') {
    seen.possibleAt ??= at;
    if (presence === 'yes') seen.sureAt ??= at;
    if (seen.now === 'no') seen.times++;
  }
  seen.now = presence;
}

/** Two persons are one: the earlier counts, and what both did adds up. */
export function join(into: Observation, from: Observation): void {
  into.sureAt = earlier(into.sureAt, from.sureAt);
  into.possibleAt = earlier(into.possibleAt, from.possibleAt);
  // Both in at once is being in once.
  into.times += from.times - (into.now !== 'no' && from.now !== 'no' ? 1 : 0);
  if (into.now === 'no') into.now = from.now;
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
