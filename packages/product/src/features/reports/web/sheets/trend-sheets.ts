import { countText } from '@gangway/web/kit/number-text.ts';
import type { ReportBody, TrendAnswer } from '../../contract.ts';
import type { GroupKey } from '../../property-groups.ts';
import { groupText } from './group-text.ts';
import { periodText, periodWords } from './period-text.ts';
import type { Sheet, SheetCell } from './sheet.ts';

type TrendBody = Extract<ReportBody, { kind: 'trend' }>;
type Series = TrendAnswer['series'][number];

/** What a line is called: the event, what is counted, and the group. */
function seriesText({ label, measure, key }: Series, alone: boolean): string {
  const counted = `${label}, ${measure}`;
  if (!key) return counted;
  return alone ? groupText(key) : `${counted}: ${groupText(key)}`;
}

export function trendSheets(answer: TrendAnswer, body: TrendBody, zone: string): readonly Sheet[] {
  const alone = body.series.length === 1;
  const row = (series: Series): Sheet['rows'][number] => {
    const name = seriesText(series, alone);
    const group = series.key ? { group: groupAsked(series.key, siblings(answer, series)) } : {};
    const cell = (count: number, period: number | null): object | undefined =>
      count === 0 ? undefined : { series: series.series, period, ...group };
    return {
      head: name,
      cells: [
        { value: series.total, text: countText(series.total), label: `${name}, whole range`, people: cell(series.total, null) },
        ...series.counts.map((count, period): SheetCell => {
          const { start = 0, complete = true } = answer.periods[period] ?? {};
          return {
            value: count,
            text: countText(count),
            label: `${name}, ${periodWords(start, body.unit, zone)}`,
            incomplete: !complete,
            people: cell(count, period),
          };
        }),
      ],
    };
  };
  return [
    {
      title: 'Trend',
      corner: body.breakdown?.property ?? 'What is counted',
      columns: [
        { text: 'Total' },
        ...answer.periods.map(({ start, complete }) => ({ text: periodText(start, body.unit, zone), incomplete: !complete })),
      ],
      rows: answer.series.map(row),
    },
  ];
}

/** The values that are listed on their own beside this line, which “Other” leaves out. */
function siblings({ series }: TrendAnswer, { series: index }: Series): (string | number | boolean)[] {
  return series.flatMap((one) => (one.series === index && one.key?.type === 'value' ? [one.key.value] : []));
}

function groupAsked(key: GroupKey, than: readonly (string | number | boolean)[]): object {
  return key.type === 'other' ? { type: 'other', than } : key;
}
