import { Problem } from '../../../kernel/problem.ts';
import { dayLength } from '../../../kernel/zone.ts';
import { longestDays } from '../date-range.ts';

/** The longest range of dates, and what its last day may be longer by when the clocks are put back. */
const longest = longestDays * dayLength + 3 * 3_600_000;

/** Refuses a range that nobody can mean, and one that is too long to be counted. Epoch milliseconds. */
export function checkRange({ from, to }: { readonly from: number; readonly to: number }): void {
  if (to < from) throw new Problem('invalid_range', 400, 'The range ends before it begins. Nothing was counted.');
  if (to - from > longest) throw new Problem('range_too_long', 400, 'A report covers at most three years. Take a shorter range.');
}
