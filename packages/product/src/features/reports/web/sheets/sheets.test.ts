import { expect, test } from 'vitest';
import type { ReportBody, RetentionAnswer, TrendAnswer, ValueAnswer } from '../../contract.ts';
import { stickinessSheets } from './activity-sheets.ts';
import { binText } from './funnel-sheets.ts';
import { retentionSheets, slotText } from './retention-sheets.ts';
import { cellNamed, sheetsCsv } from './sheet.ts';
import { trendSheets } from './trend-sheets.ts';
import { valueSheets } from './value-sheets.ts';

const told = { n: 3, from: 0, to: 1, asOf: 1, formula: '' };
const monday = Date.UTC(2026, 0, 5);
const week = 7 * 86_400_000;
const any = { type: 'any' } as const;
type BodyOf<Kind extends string> = Extract<ReportBody, { kind: Kind }>;

const retentionBody: BodyOf<'retention'> = {
  kind: 'retention',
  name: 'Back',
  start: any,
  returns: any,
  entry: 'first',
  mode: { type: 'exact' },
  unit: 'week',
};
const retention: RetentionAnswer = {
  ...told,
  slots: [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ],
  cohorts: [
    {
      start: monday,
      members: 3,
      cells: [
        { people: 3, of: 3, complete: true },
        { people: 1, of: 3, complete: false },
      ],
    },
    { start: monday + week, members: 0, cells: [{ people: 0, of: 0, complete: false }] },
  ],
  average: [
    { people: 3, of: 3, rate: 1 },
    { people: 0, of: 0, rate: null },
  ],
};

test('retention: shares with their words, what is not over marked, empty numbers without people', () => {
  const [sheet] = retentionSheets(retention, retentionBody, 'UTC');
  expect(sheet?.columns.map(({ text }) => text)).toEqual(['People', 'Week 1']);
  expect(sheet?.rows.map(({ head, cells }) => [head, cells.map(({ text }) => text)])).toEqual([
    ['Average', ['3', '–']],
    ['5 Jan', ['3', '33.3 %']],
    ['12 Jan', ['0']],
  ]);
  expect(sheet?.rows[1]?.cells[1]).toMatchObject({
    label: 'Started in the week of 5 Jan, came back in week 1: 1 of 3',
    incomplete: true,
    people: { cohort: 0, slot: 1, returned: true },
  });
  expect(sheet?.rows[2]?.cells[0]?.people).toBeUndefined();
});

test.each([
  [{ type: 'bracket' as const, brackets: [] }, { from: 2, to: 5 }, 'Weeks 2–4'],
  [{ type: 'rolling' as const, length: week }, { from: week, to: 2 * week }, '+ 7 days'],
  [{ type: 'rolling' as const, length: week }, { from: 0, to: week }, 'Start'],
])('columns of %o are called by what they mean', (mode, slot, text) => {
  expect(slotText({ ...retentionBody, mode }, slot)).toBe(text);
});

const trendBody: BodyOf<'trend'> = {
  kind: 'trend',
  name: 'Boards',
  series: [{ pick: any, measure: 'events' }],
  breakdown: { property: 'plan', top: 1 },
  unit: 'day',
};
const trend: TrendAnswer = {
  ...told,
  periods: [
    { start: monday, complete: true },
    { start: monday + week / 7, complete: false },
  ],
  series: [
    { series: 0, label: 'Any event', measure: 'events', key: { type: 'value', value: 'pro' }, total: 2, counts: [2, 0] },
    { series: 0, label: 'Any event', measure: 'events', key: { type: 'other' }, total: 1, counts: [0, 1] },
  ],
};

test('trend: the rest knows what it is not', () => {
  const [sheet] = trendSheets(trend, trendBody, 'UTC');
  expect(sheet?.rows.map(({ head }) => head)).toEqual(['pro', 'Other']);
  expect(sheet?.rows[1]?.cells[2]?.people).toEqual({ series: 0, period: 1, group: { type: 'other', than: ['pro'] } });
});

test('an address finds its number again, and nothing else', () => {
  const sheets = trendSheets(trend, trendBody, 'UTC');
  const people = sheets[0]?.rows[0]?.cells[1]?.people;
  expect(cellNamed(sheets, JSON.stringify(people))?.label).toBe('pro, 5 Jan');
  expect(cellNamed(sheets, '{"series":9}')).toBeUndefined();
  expect(cellNamed(sheets, 'not json')).toBeUndefined();
});

test('CSV has plain values, marks what is not over, and keeps formulas texts', () => {
  const odd = { ...trend, series: trend.series.map((one) => ({ ...one, key: { type: 'value' as const, value: '=1+1' } })).slice(0, 1) };
  expect(sheetsCsv(trendSheets(odd, trendBody, 'UTC'))).toBe("\ufeffplan,Total,5 Jan,6 Jan (incomplete)\r\n'=1+1,2,2,0\r\n");
  const two = sheetsCsv([...retentionSheets(retention, retentionBody, 'UTC'), ...trendSheets(trend, trendBody, 'UTC')]);
  expect(two.split('\r\n').slice(0, 3)).toEqual(['\ufeffWho came back', 'Started in,People,Week 1', 'Average,3,']);
});

test.each([
  [0, 60_000, 'under 60 s'],
  [60_000, 300_000, '60 s to 5 min'],
  [7_776_000_000, null, '90 days or more'],
])('a stretch of time from %d to %s', (from, to, text) => {
  expect(binText(from, to)).toBe(text);
});

test('stickiness: the share on an average day is a sheet of its own, and nothing without anybody', () => {
  const averageOf = (average: number | null) => stickinessSheets({ ...told, people: [], average }, 'day')[1];
  expect(averageOf(0.40833)).toMatchObject({ title: 'On an average day', rows: [{ head: 'Active', cells: [{ text: '40.8 %' }] }] });
  expect(averageOf(null)?.rows[0]?.cells[0]).toMatchObject({ value: null, text: '–' });
});

test('time to value: the mean says up to when it counts and how sure it is, and is left out of nobody', () => {
  const answer: ValueAnswer = {
    ...told,
    ...{ of: 'person', reached: 2, open: 1, lost: 0, curve: [], incidence: [] },
    quartiles: { first: week, median: 2 * week, third: null },
    mean: { time: 2 * week, error: week / 7, within: 4 * week },
    finishedOnly: { mean: week, median: week },
    before: null,
  };
  const timesOf = (one: ValueAnswer) => valueSheets(one)[1]?.rows.map(({ head, cells }) => [head, cells[0]?.text]);
  expect(timesOf(answer)).toContainEqual(['Mean, counted up to 28 days', '14 days ± 47 h']);
  expect(timesOf({ ...answer, mean: null })).toHaveLength(4);
  expect(valueSheets(answer)).toHaveLength(3);
  const before = { from: 0, n: 5, reached: 3, median: week, curve: [], difference: { p: 0.0314, sooner: false } };
  expect(valueSheets({ ...answer, before })[3]?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['3', '5'],
    ['2', '3'],
    ['14 days', '7 days'],
    ['p = 0.031', ''],
  ]);
});
