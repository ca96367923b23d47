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
  const [yes, no]: [Side, Side] = [
    { lasting: 0, untils: [] },
    { lasting: 0, untils: [] },
  ];
  let first: number | undefined;
  for (let index = 0; index < parts && yes.lasting < needed && no.lasting < refusals; index++) {
    const { answer, until } = ask(index);
    const side = answer === 'yes' ? yes : answer === 'no' ? no : undefined;
    if (until !== undefined) {
      side?.untils.push(until);
      first = first === undefined || until < first ? until : first;
    } else if (side) side.lasting++;
  }
  if (yes.lasting + yes.untils.length >= needed) return verdict('yes', heldBy(yes, needed));
  if (no.lasting + no.untils.length >= refusals) return verdict('no', heldBy(no, refusals));
  return verdict('unknown', first);
}

/** The parts that gave one answer: how many for ever, and until when the others. */
interface Side {
  lasting: number;
  readonly untils: number[];
}

/** Until when at least so many of this side are left; undefined = for ever. */
function heldBy({ lasting, untils }: Side, wanted: number): number | undefined {
  return wanted <= lasting ? undefined : untils.sort((a, b) => b - a)[wanted - lasting - 1];
}
