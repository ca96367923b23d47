import { expect, test } from 'vitest';
import { dayOf, daysUntil, dueWords, effortWords } from './day-words.ts';
import { portalTask } from './testing/portal-plan.ts';

test.each([
  ['2026-11-21', '2026-11-21', 0],
  ['2026-11-20', '2026-11-21', -1],
  ['2026-12-01', '2026-11-21', 10],
  // Across the change to summer time in Europe.
  ['2026-03-30', '2026-03-28', 2],
])('from %s, seen from %s, it is %i days', (day, today, days) => {
  expect(daysUntil(day, today)).toBe(days);
});

test('the day of an instant is the civil day of the reader', () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05');
});

test.each([
  [{ due: '2026-11-21' }, 'Due today'],
  [{ due: '2026-11-22' }, 'Due tomorrow'],
  [{ due: '2026-11-20', status: 'late' as const }, '1 day late'],
  [{ due: '2026-11-17', status: 'late' as const }, '4 days late'],
  // The workspace is a day ahead of the reader.
  [{ due: '2026-11-21', status: 'late' as const }, 'Late'],
  [{ status: 'done' as const, doneAt: null }, 'Done'],
])('%o reads “%s”', (members, words) => {
  expect(dueWords(portalTask(members), '2026-11-21')).toBe(words);
});

test.each([
  [0, undefined],
  [1, 'About 1 minute'],
  [45, 'About 45 minutes'],
  [90, 'About 1.5 hours'],
  [120, 'About 2 hours'],
])('%i minutes read “%s”', (minutes, words) => {
  expect(effortWords(minutes)).toBe(words);
});
