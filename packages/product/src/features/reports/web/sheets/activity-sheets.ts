import { countText, plural, shareText } from '@gangway/web/kit/number-text.ts';
import type { LifecycleAnswer, ReportBody, StickinessAnswer } from '../../contract.ts';
import { periodText, periodWords } from './period-text.ts';
import type { Sheet, SheetCell } from './sheet.ts';

type Unit = Extract<ReportBody, { kind: 'lifecycle' }>['unit'];

/** The states of a lifecycle in the order in which they are drawn from zero. */
export const lifecycleStates = [
  { state: 'returning', word: 'Returning' },
  { state: 'new', word: 'New' },
  { state: 'resurrecting', word: 'Resurrecting' },
  { state: 'dormant', word: 'Dormant' },
] as const;

export function lifecycleSheets({ periods }: LifecycleAnswer, unit: Unit, zone: string): readonly Sheet[] {
  return [
    {
      title: 'Lifecycle',
      corner: 'People',
      columns: periods.map(({ start, complete }) => ({ text: periodText(start, unit, zone), incomplete: !complete })),
      rows: lifecycleStates.map(({ state, word }) => ({
        head: word,
        cells: periods.map(
          (period, index): SheetCell => ({
            value: period[state],
            text: countText(period[state]),
            label: `${word} in ${periodWords(period.start, unit, zone)}`,
            incomplete: !period.complete,
            people: period[state] === 0 ? undefined : { period: index, state },
          }),
        ),
      })),
    },
  ];
}

export function stickinessSheets({ people, n, average }: StickinessAnswer, unit: Unit): readonly Sheet[] {
  const count = (number: number, label: string, cell: object): SheetCell => ({
    value: number,
    text: countText(number),
    label,
    people: number === 0 ? undefined : cell,
  });
  return [
    {
      title: 'Stickiness',
      corner: `Active on so many ${unit}s`,
      columns: ['People', 'Share', 'At least so many', 'Share of all'].map((text) => ({ text })),
      rows: people.map(({ periods, people: exactly, atLeast }) => {
        const times = plural(periods, unit, `${unit}s`);
        return {
          head: times,
          cells: [
            count(exactly, `Active on ${times}`, { periods, atLeast: false }),
            share(exactly, n, `Share active on ${times}`),
            count(atLeast, `Active on at least ${times}`, { periods, atLeast: true }),
            share(atLeast, n, `Share active on at least ${times}`),
          ],
        };
      }),
    },
    {
      title: `On an average ${unit}`,
      corner: 'Of those active at all',
      columns: [{ text: 'Share' }],
      rows: [{ head: 'Active', cells: [{ value: average, text: shareText(average), label: `Share active on an average ${unit}` }] }],
    },
  ];
}

function share(part: number, whole: number, label: string): SheetCell {
  const value = whole === 0 ? null : part / whole;
  return { value, text: shareText(value), label };
}
