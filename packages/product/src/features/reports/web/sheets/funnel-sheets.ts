import { countText, shareText } from '@gangway/web/kit/number-text.ts';
import { durationText } from '@gangway/web/kit/time-text.ts';
import type { FunnelAnswer, ReportBody } from '../../contract.ts';
import { groupText } from './group-text.ts';
import { periodText, periodWords } from './period-text.ts';
import type { Sheet, SheetCell } from './sheet.ts';

type FunnelBody = Extract<ReportBody, { kind: 'funnel' }>;
const none: SheetCell = { value: null, text: '–', label: 'No value' };

/** The steps, and where asked for the groups, the conversion over time and how long it took. */
export function funnelSheets(answer: FunnelAnswer, body: FunnelBody, zone: string): readonly Sheet[] {
  return [
    stepSheet(answer),
    ...(answer.groups ? [groupSheet(answer, body)] : []),
    ...(answer.trend && body.over ? [trendSheet(answer, body.over, zone)] : []),
    ...(answer.time ? [timeSheet(answer)] : []),
  ];
}

function stepSheet({ steps }: FunnelAnswer): Sheet {
  return {
    title: 'Steps',
    corner: 'Step',
    columns: ['People', 'Of first', 'Of previous', 'Stopped before', 'Median from previous'].map((text) => ({ text })),
    rows: steps.map(({ label, people, ofFirst, ofPrevious, medianBefore }, index) => {
      const stopped = (steps[index - 1]?.people ?? people) - people;
      return {
        head: `${index + 1} ${label}`,
        cells: [
          count(people, `Came to ${label}, or further`, { step: index, went: 'reached' }),
          share(ofFirst, `${label}, of the first step`),
          index === 0 ? none : share(ofPrevious, `${label}, of the step before`),
          index === 0 ? none : count(stopped, `Stopped before ${label}`, { step: index, went: 'dropped' }),
          medianBefore === null
            ? none
            : { value: medianBefore, text: durationText(medianBefore), label: `Median time from the step before ${label}` },
        ],
      };
    }),
  };
}

function groupSheet({ groups, steps }: FunnelAnswer, { breakdown }: FunnelBody): Sheet {
  return {
    title: `By ${breakdown?.property ?? 'group'}`,
    corner: breakdown?.property ?? 'Group',
    columns: [...steps.map(({ label }, index) => ({ text: `${index + 1} ${label}` })), { text: 'Complete it' }],
    rows: (groups ?? []).map(({ key, reached }) => ({
      head: groupText(key),
      cells: [
        ...reached.map((people, step) =>
          count(people, `${groupText(key)}: came to ${steps[step]?.label ?? ''}`, { step, went: 'reached', group: key }),
        ),
        share(ratio(reached.at(-1) ?? 0, reached[0] ?? 0), `${groupText(key)}: complete it`),
      ],
    })),
  };
}

function trendSheet({ trend, steps }: FunnelAnswer, unit: NonNullable<FunnelBody['over']>, zone: string): Sheet {
  const periods = trend ?? [];
  const when = (start: number) => periodWords(start, unit, zone);
  return {
    title: 'Over time',
    corner: 'By the period of step 1',
    columns: periods.map(({ start, complete }) => ({ text: periodText(start, unit, zone), incomplete: !complete })),
    rows: [
      {
        head: 'Started',
        cells: periods.map(({ start, entered, complete }, period) => ({
          ...count(entered, `Started in ${when(start)}`, { step: 0, went: 'reached', period }),
          incomplete: !complete,
        })),
      },
      {
        head: 'Completed',
        cells: periods.map(({ start, converted, complete }, period) => ({
          ...count(converted, `Started in ${when(start)} and completed`, { step: steps.length - 1, went: 'reached', period }),
          incomplete: !complete,
        })),
      },
      {
        head: 'Share',
        cells: periods.map(({ start, entered, converted, complete }) => ({
          ...share(ratio(converted, entered), `Share of ${when(start)} that completed`),
          incomplete: !complete,
        })),
      },
    ],
  };
}

function timeSheet({ time, steps }: FunnelAnswer): Sheet {
  return {
    title: 'Time to complete',
    corner: 'Time from the first step to the last',
    columns: [{ text: 'People' }],
    rows: (time?.histogram ?? []).map(({ from, to, count: people }) => ({
      head: binText(from, to),
      cells: [count(people, `Completed in ${binText(from, to)}`, { step: steps.length - 1, went: 'reached', took: { from, to } })],
    })),
  };
}

/** “1 to 5 min”, “under 60 s”, “90 days or more”. */
export function binText(from: number, to: number | null): string {
  if (to === null) return `${durationText(from)} or more`;
  return from === 0 ? `under ${durationText(to)}` : `${durationText(from)} to ${durationText(to)}`;
}

function count(people: number, label: string, cell: object): SheetCell {
  return { value: people, text: countText(people), label, people: people === 0 ? undefined : cell };
}

function share(value: number | null, label: string): SheetCell {
  return { value, text: shareText(value), label };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
