import type { PersonDoc } from './subject-doc.ts';

/** Milliseconds whose next free tie is remembered. */
const rememberedMilliseconds = 16;
const tiesPerMillisecond = 4096;
const lateTies = 3072;

type Used = Pick<PersonDoc, 'ties' | 'folded'>;

/**
 * The order key `time * 4096 + tie`. The tie counts arrivals in one millisecond; a full one runs on into the
 * next. For a millisecond that is no longer remembered (a late event) the tie is taken from the upper quarter by
 * a running number, so that it does not meet the ties given at the time; should it, engines break the tie by
 * log position.
 */
export function nextKey({ ties, folded }: Used, time: number): { readonly k: number; readonly ties: PersonDoc['ties'] } {
  const last = ties.at(-2);
  // Nearly every event is later than all before it.
  if (last === undefined || time > last) return { k: time * tiesPerMillisecond, ties: withNewest(ties, time) };
  const tie = ties.at(-1) ?? 0;
  // What follows an event has its time.
  if (time === last && tie < tiesPerMillisecond) return { k: time * tiesPerMillisecond + tie, ties: withLast(ties, tie + 1) };
  return keyInThePast({ ties, folded }, time);
}

/** The keys that {@link nextKey} gives one after the other to so many that follow an event. */
export function nextKeys(
  { ties, folded }: Used,
  { time, count }: { readonly time: number; readonly count: number },
): { readonly keys: readonly number[]; readonly ties: PersonDoc['ties'] } {
  const tie = ties.at(-1) ?? 0;
  if (ties.at(-2) === time && tie + count <= tiesPerMillisecond) {
    const first = time * tiesPerMillisecond + tie;
    return { keys: Array.from({ length: count }, (_, order) => first + order), ties: withLast(ties, tie + count) };
  }
  let next = ties;
  const keys = Array.from({ length: count }, (_, order) => {
    const given = nextKey({ ties: next, folded: folded + order }, time);
    next = given.ties;
    return given.k;
  });
  return { keys, ties: next };
}

function withLast(ties: PersonDoc['ties'], tie: number): number[] {
  const next = [...ties];
  next[next.length - 1] = tie;
  return next;
}

function withNewest(ties: PersonDoc['ties'], time: number): number[] {
  return ties.length < 2 * rememberedMilliseconds ? [...ties, time, 1] : [...ties.slice(2), time, 1];
}

function keyInThePast({ ties, folded }: Used, time: number): { readonly k: number; readonly ties: PersonDoc['ties'] } {
  const used = usedIn(ties);
  const oldest = ties[0];
  let millisecond = time;
  while ((used.get(millisecond) ?? 0) >= tiesPerMillisecond) millisecond++;
  const late = !used.has(millisecond) && used.size >= rememberedMilliseconds && oldest !== undefined && millisecond < oldest;
  if (late) return { k: millisecond * tiesPerMillisecond + lateTies + (folded % (tiesPerMillisecond - lateTies)), ties };
  const tie = used.get(millisecond) ?? 0;
  used.set(millisecond, tie + 1);
  return { k: millisecond * tiesPerMillisecond + tie, ties: newestOf(used) };
}

/** What both have used: of a millisecond the farther one. */
export function mergeTies(one: PersonDoc['ties'], other: PersonDoc['ties']): PersonDoc['ties'] {
  const used = usedIn(one);
  for (const [millisecond, tie] of usedIn(other)) used.set(millisecond, Math.max(tie, used.get(millisecond) ?? 0));
  return newestOf(used);
}

/** Millisecond → its next free tie. */
function usedIn(ties: PersonDoc['ties']): Map<number, number> {
  const used = new Map<number, number>();
  for (let index = 0; index < ties.length; index += 2) used.set(ties[index] ?? 0, ties[index + 1] ?? 0);
  return used;
}

function newestOf(used: ReadonlyMap<number, number>): number[] {
  return [...used]
    .sort(([a], [b]) => a - b)
    .slice(-rememberedMilliseconds)
    .flat();
}
