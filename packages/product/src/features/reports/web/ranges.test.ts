import { expect, test } from 'vitest';
import { asDates, datesWord, rangeOf, readRange } from './ranges.ts';

const now = Date.UTC(2026, 0, 31, 20);
const zone = 'Asia/Kathmandu';

test('days end now, dates are the zone’s', () => {
  expect(rangeOf('7', { now, zone })).toEqual({ from: now - 7 * 86_400_000, to: now });
  const { from, to } = rangeOf('2026-01-05..2026-01-05', { now, zone });
  expect([new Date(from).toISOString(), to - from]).toEqual(['2026-01-04T18:15:00.000Z', 86_400_000]);
});

test('what is no range is the usual one', () => {
  for (const word of ['', '0', '1097', '-7', 'ever', '2026-01-05', '2026-01-06..2026-01-05', '2026-01-05..2026-01-06..2026-01-07']) {
    expect(readRange(word)).toBeUndefined();
    expect(rangeOf(word, { now, zone })).toEqual(rangeOf('30', { now, zone }));
  }
});

test('choosing dates begins with those of the range that is drawn', () => {
  const dates = asDates('7', { now, zone });
  expect(dates).toEqual({ from: '2026-01-25', to: '2026-02-01' });
  expect(readRange(datesWord(dates))).toEqual({ dates });
});
