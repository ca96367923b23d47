import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';
import type { ValueAnswer } from '../../contract.ts';
import { chanceText, medianText } from '../compared-words.ts';
import type { Sheet, SheetCell } from './sheet.ts';

const day = 86_400_000;
const marks = [3_600_000, day, 3 * day, 7 * day, 14 * day, 30 * day, 60 * day, 90 * day, 180 * day, 365 * day];

/** How it stands with everybody, the quartiles, and the share by round times. */
export function valueSheets(answer: ValueAnswer): readonly Sheet[] {
  const { n, reached, open, lost, of, quartiles, mean, finishedOnly } = answer;
  const unit = of === 'person' ? 'People' : 'Accounts';
  const count = (number: number, label: string, outcome: string): SheetCell => ({
    value: number,
    text: countText(number),
    label,
    people: number === 0 ? undefined : { outcome },
  });
  const time = (value: number | null, label: string): SheetCell => ({
    value,
    text: value === null ? 'not yet' : durationText(value),
    label,
  });
  return [
    {
      title: 'How it stands',
      corner: unit,
      columns: [{ text: 'Count' }],
      rows: [
        { head: 'Began in the range', cells: [count(n, 'Began in the range', 'all')] },
        { head: 'Reached the value', cells: [count(reached, 'Reached the value', 'reached')] },
        { head: 'Still open', cells: [count(open, 'Still open', 'open')] },
        ...(lost > 0 ? [{ head: 'Lost before', cells: [count(lost, 'Lost before the value', 'lost')] }] : []),
      ],
    },
    {
      title: 'Times',
      corner: 'Until so many have reached it',
      columns: [{ text: 'Time' }],
      rows: [
        { head: 'A quarter', cells: [time(quartiles.first, 'A quarter')] },
        { head: 'Half (median)', cells: [time(quartiles.median, 'Median')] },
        { head: 'Three quarters', cells: [time(quartiles.third, 'Three quarters')] },
        ...(mean ? [meanRow(mean)] : []),
        {
          head: 'Median of the finished only (too short: the slow ones are missing)',
          cells: [time(finishedOnly.median, 'Median of the finished only')],
        },
      ],
    },
    shareSheet(answer),
    ...(answer.before ? [comparedSheet(answer, answer.before)] : []),
  ];
}

/** This range beside the one before. The people behind the earlier ones are behind the report of that range. */
function comparedSheet({ n, reached, quartiles }: ValueAnswer, before: NonNullable<ValueAnswer['before']>): Sheet {
  const pair = (head: string, now: Omit<SheetCell, 'label'>, then: Omit<SheetCell, 'label'>): Sheet['rows'][number] => ({
    head,
    cells: [
      { ...now, label: `${head}, this range` },
      { ...then, label: `${head}, the range before` },
    ],
  });
  const count = (value: number) => ({ value, text: countText(value) });
  const median = (of: { n: number; median: number | null }) => ({ value: of.median, text: medianText(of) });
  const p = before.difference?.p ?? null;
  return {
    title: 'Beside the range before',
    corner: 'Who began in',
    columns: [{ text: 'This range' }, { text: 'The range before' }],
    rows: [
      pair('Began', count(n), count(before.n)),
      pair('Reached the value', count(reached), count(before.reached)),
      pair('Half (median)', median({ n, median: quartiles.median }), median(before)),
      pair('Difference by chance (log-rank)', { value: p, text: p === null ? '–' : chanceText(p) }, { value: null, text: '' }),
    ],
  };
}

/** With the open ones, each counted for as long as anybody was watched and no longer, and the 95 % interval. */
function meanRow({ time, error, within }: NonNullable<ValueAnswer['mean']>): Sheet['rows'][number] {
  const about = error === 0 ? '' : ` ± ${durationText(1.959964 * error)}`;
  const head = `Mean, counted up to ${durationText(within)}`;
  return { head, cells: [{ value: time, text: `${durationText(time)}${about}`, label: head }] };
}

function shareSheet({ curve }: ValueAnswer): Sheet {
  const last = curve.at(-1)?.time ?? 0;
  return {
    title: 'Share that has reached it',
    corner: 'Within',
    columns: ['Share', 'At least', 'At most'].map((text) => ({ text })),
    rows: marks
      .filter((_, index) => index === 0 || (marks[index - 1] ?? 0) < last)
      .map((mark) => {
        const point = curve.filter(({ time }) => time <= mark).at(-1);
        const share = (value: number | null, label: string): SheetCell => ({ value, text: shareText(value), label });
        const within = `within ${durationText(mark)}`;
        return {
          head: durationText(mark),
          cells: [
            {
              ...share(point?.share ?? 0, `Reached it ${within}`),
              people: point ? { outcome: 'reached', within: mark } : undefined,
            },
            share(point?.low ?? null, 'Lower end of the 95 % band'),
            share(point?.high ?? null, 'Upper end of the 95 % band'),
          ],
        };
      }),
  };
}
