import { expect, test } from 'vitest';
import { clockText, durationText, exactText, momentText, relativeText } from './time-text.ts';

const now = Date.UTC(2026, 10, 21, 21, 8, 14);
const minute = 60_000;
const day = 86_400_000;

test.each([
  [0, 'just now'],
  [4 * minute, '4 min ago'],
  [-3 * 60 * minute, 'in 3 h'],
  [day, '1 day ago'],
  [12 * day, '12 days ago'],
  [60 * day, '22 Sept 2026'],
])('%d ms ago reads “%s”', (ago, text) => {
  expect(relativeText(now - ago, now, 'UTC')).toBe(text);
});

test('the exact instant and the clock are in the zone that is given', () => {
  expect(exactText(now, 'UTC')).toMatch(/^Sat,? 21 Nov 2026, 21:08:14 UTC$/);
  expect(clockText(now, 'Europe/Berlin')).toBe('22:08:14');
});

test.each([
  [45_000, '45 s'],
  [3 * minute, '3 min'],
  [150 * minute, '2.5 h'],
  [7 * day, '7 days'],
])('%d ms lasts “%s”', (length, text) => {
  expect(durationText(length)).toBe(text);
});

test('an event of today has a time, an older one its day too', () => {
  expect(momentText(now - minute, now, 'UTC')).toBe('21:07:14');
  expect(momentText(now - 6 * day, now, 'UTC')).toBe('15 Nov, 21:08');
});
