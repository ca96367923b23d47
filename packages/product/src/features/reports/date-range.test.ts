import { constantFrom, assert as hold, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateRangeComplaint, datesOf, instantsOf } from './date-range.ts';

const hour = 3_600_000;
const day = 24 * hour;
const text = (at: number) => new Date(at).toISOString();

describe('a range of dates', () => {
  test.each([
    ['UTC', '2026-01-05', '2026-01-05', '2026-01-05T00:00:00.000Z', '2026-01-06T00:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-05', '2026-01-06', '2026-01-04T18:15:00.000Z', '2026-01-06T18:15:00.000Z'],
    // The clocks go forward on 29 March and back on 25 October.
    ['Europe/Berlin', '2026-03-29', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // Midnight of 6 September is skipped.
    ['America/Santiago', '2026-09-06', '2026-09-06', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  ])('in %s from %s to %s is the days of the zone, the last one whole', (zone, from, to, start, end) => {
    const range = instantsOf({ from, to }, zone);
    expect([text(range.from), text(range.to)]).toEqual([start, end]);
  });

  test('comes back from its instants', () => {
    const zones = constantFrom('UTC', 'Asia/Kathmandu', 'Europe/Berlin', 'America/Santiago', 'Pacific/Kiritimati');
    const number = integer({ min: Date.UTC(2005, 0, 1) / day, max: Date.UTC(2037, 0, 1) / day });
    hold(
      property(zones, number, integer({ min: 0, max: 400 }), (zone, first, more) => {
        const range = { from: text(first * day).slice(0, 10), to: text((first + more) * day).slice(0, 10) };
        expect(datesOf(instantsOf(range, zone), zone)).toEqual(range);
      }),
    );
  });

  test.each([
    ['2026-01-05', '2026-01-05', undefined],
    ['2023-07-01', '2026-06-30', undefined],
    ['2023-07-01', '2026-07-01', 'At most three years. Take a shorter range.'],
    ['2026-01-06', '2026-01-05', 'The first day comes after the last.'],
    ['', '2026-01-05', 'Choose the first day.'],
    ['2026-01-05', '2026-02-30', 'Choose the last day.'],
    ['0026-01-05', '0026-01-06', 'Choose days from 1970 to 2038.'],
  ])('from %s to %s: %s', (from, to, complaint) => {
    expect(dateRangeComplaint({ from, to })).toBe(complaint);
  });
});
