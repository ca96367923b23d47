import { countText } from '@gangway/web/kit/number-text.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';
import type { ValueAnswer } from '../contract.ts';

type Compared = Pick<ValueAnswer, 'of'> & { readonly before: NonNullable<ValueAnswer['before']> };

/** From here on a difference is called one. */
const rare = 0.05;

/** “7 days”; “not yet” while fewer than half have reached it, “–” of nobody. */
export function medianText({ n, median }: { readonly n: number; readonly median: number | null }): string {
  if (n === 0) return '–';
  return median === null ? 'not yet' : durationText(median);
}

/** What the comparison with the range before comes to: “of 24 people; now it comes sooner, p = 0.012”. */
export function comparedWords({ of, before }: Compared): string {
  const { n, difference } = before;
  const unit = of === 'person' ? (n === 1 ? 'person' : 'people') : n === 1 ? 'account' : 'accounts';
  if (n === 0) return 'Nobody began in the range before';
  const whose = `of ${countText(n)} ${unit}`;
  if (!difference) return `${whose}; too few have reached it to compare`;
  const verdict = difference.p < rare ? `now it comes ${difference.sooner ? 'sooner' : 'later'}` : 'the difference may be chance';
  return `${whose}; ${verdict}, ${chanceText(difference.p)}`;
}

/** “p = 0.012”, “p < 0.001”. */
export function chanceText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}
