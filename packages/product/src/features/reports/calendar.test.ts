import { describe, expect, test } from 'vitest';
import { zoneOffsets } from '../../kernel/zone-offsets.ts';
import { type Calendar, isOver, periodAt, periodsOf, startOfPeriod } from './calendar.ts';

const hour = 3_600_000;
const day = 24 * hour;
const at = (text: string) => Date.parse(text);
const periods = (calendar: Calendar, from: string, to: string) => periodsOf(calendar, { from: at(from), to: at(to) });
const starts = (calendar: Calendar, from: string, to: string) => {
  const found = periods(calendar, from, to);
  return Array.from({ length: found.last - found.first + 1 }, (_, index) =>
    new Date(startOfPeriod(found.first + index, found)).toISOString(),
  );
};

test('days of 23 and 25 hours are days', () => {
  const spring = periods({ unit: 'day', zone: 'Europe/Berlin' }, '2024-03-30T12:00Z', '2024-04-02T00:00Z');
  const [first, second, third] = [0, 1, 2].map((offset) => startOfPeriod(spring.first + offset, spring));
  expect([(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)]).toEqual([24 * hour, 23 * hour]);
  // 22:30 and 23:30 of the short day's evening, 30 minutes apart on either side of midnight.
  expect(periodAt(at('2024-03-31T21:45Z'), spring)).toBe(spring.first + 1);
  expect(periodAt(at('2024-03-31T22:15Z'), spring)).toBe(spring.first + 2);
  const autumn = periods({ unit: 'day', zone: 'Europe/Berlin' }, '2024-10-27T12:00Z', '2024-10-28T12:00Z');
  expect(startOfPeriod(autumn.last, autumn) - startOfPeriod(autumn.first, autumn)).toBe(25 * hour);
});

test('zones of 45 minutes', () => {
  expect(starts({ unit: 'day', zone: 'Asia/Kathmandu' }, '2024-01-01T18:14Z', '2024-01-01T18:16Z')).toEqual([
    '2023-12-31T18:15:00.000Z',
    '2024-01-01T18:15:00.000Z',
  ]);
  const chatham = zoneOffsets('Pacific/Chatham', at('2024-04-01T00:00Z'), at('2024-04-10T00:00Z'));
  expect(chatham).toEqual([
    { until: at('2024-04-06T14:00Z'), offset: 13.75 * hour },
    { until: at('2024-04-10T00:00Z'), offset: 12.75 * hour },
  ]);
});

test('where the clocks skip midnight the day begins when they do', () => {
  expect(starts({ unit: 'day', zone: 'Asia/Beirut' }, '2024-03-30T12:00Z', '2024-03-31T12:00Z')).toEqual([
    '2024-03-29T22:00:00.000Z',
    '2024-03-30T22:00:00.000Z',
  ]);
});

test('weeks begin as configured', () => {
  const week = (weekStart?: number) => starts({ unit: 'week', zone: 'UTC', weekStart }, '2024-05-15T00:00Z', '2024-05-15T01:00Z')[0];
  expect(week()).toBe('2024-05-13T00:00:00.000Z');
  expect([0, 1, 2, 3, 4, 5, 6].map((start) => week(start)?.slice(5, 10))).toEqual([
    '05-12',
    '05-13',
    '05-14',
    '05-15',
    '05-09',
    '05-10',
    '05-11',
  ]);
});

test('months follow the calendar', () => {
  expect(starts({ unit: 'month', zone: 'America/New_York' }, '2023-12-15T00:00Z', '2024-04-01T05:00Z')).toEqual([
    '2023-12-01T05:00:00.000Z',
    '2024-01-01T05:00:00.000Z',
    '2024-02-01T05:00:00.000Z',
    '2024-03-01T05:00:00.000Z',
    '2024-04-01T04:00:00.000Z',
  ]);
});

test('a period is over from the first instant of the next', () => {
  const found = periods({ unit: 'day', zone: 'UTC' }, '2024-01-01T00:00Z', '2024-01-02T00:00Z');
  expect(found.first).toBe(found.last);
  expect([isOver(found.first, found, at('2024-01-02T00:00Z') - 1), isOver(found.first, found, at('2024-01-02T00:00Z'))]).toEqual([
    false,
    true,
  ]);
});

test('an unknown zone is refused', () => {
  expect(() => zoneOffsets('Mars/Olympus', 0, 1)).toThrow(RangeError);
});

describe('numbers of periods agree with the civil date', () => {
  test.each(['UTC', 'Asia/Kathmandu', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'America/St_Johns'])(
    '%s',
    (zone) => {
      const found = periodsOf({ unit: 'day', zone }, { from: at('2024-01-01T00:00Z'), to: at('2024-12-31T00:00Z') });
      const civil = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
      for (let instant = at('2024-01-01T00:07Z'); instant < at('2024-12-31T00:00Z'); instant += 5 * hour) {
        expect(periodAt(instant, found) * day).toBe(at(civil.format(instant)));
      }
    },
  );
});
