import { type Verdict, verdict } from './answer.ts';
import type { Rule } from './rule.ts';

/** A rule that asks how many of its parts hold. */
export type Group = Extract<Rule, { readonly of: readonly Rule[] }>;

/** How many parts must hold: all of them for `all`, one for `any`. */
export function neededOf(group: Group): number {
  return group.type === 'all' ? group.of.length : group.type === 'any' ? 1 : group.count;
}

/**
 * Counts parts that hold: yes from `needed` yes on, no once so many are no that `needed` is out of reach,
 * otherwise unknown. A decided answer holds until too few of its side are left, an undecided one until the first
 * part could change. Stops asking when no further part can change anything of this.
 */
export function countParts(needed: number, parts: number, ask: (index: number) => Verdict): Verdict {
  const refusals = parts - needed + 1;
  let yesForEver = 0;
  let noForEver = 0;
  // Made only when some answer ends: most never do.
  let yesUntil: number[] | undefined;
  let noUntil: number[] | undefined;
  let first: number | undefined;
  for (let index = 0; index < parts && yesForEver < needed && noForEver < refusals; index++) {
    const { answer, until } = ask(index);
    if (until === undefined) {
      if (answer === 'yes') yesForEver++;
      else if (answer === 'no') noForEver++;
      continue;
    }
    if (answer === 'yes') yesUntil = appended(yesUntil, until);
    else if (answer === 'no') noUntil = appended(noUntil, until);
    if (first === undefined || until < first) first = until;
  }
  if (yesForEver + (yesUntil?.length ?? 0) >= needed) return verdict('yes', heldBy(yesUntil, needed - yesForEver));
  if (noForEver + (noUntil?.length ?? 0) >= refusals) return verdict('no', heldBy(noUntil, refusals - noForEver));
  return verdict('unknown', first);
}

function appended(list: number[] | undefined, until: number): number[] {
  if (!list) return [until];
  list.push(until);
  return list;
}

/** Until when so many of these are left at least; undefined = for ever, because none is needed. */
function heldBy(untils: number[] | undefined, wanted: number): number | undefined {
  return wanted <= 0 ? undefined : untils?.sort((a, b) => b - a)[wanted - 1];
}
