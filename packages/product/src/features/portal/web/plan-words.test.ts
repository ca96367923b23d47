import { expect, test } from 'vitest';
import { byDay, initials, newsBetween, openTasksOf, placeOf, sentence } from './plan-words.ts';
import { portalPlan, portalTask } from './testing/portal-plan.ts';

const first = portalTask({ id: 'first', title: 'First' });
const second = portalTask({ id: 'second', title: 'Second', due: '2026-11-22' });

test('news name what was done and what comes next', () => {
  const after = portalPlan([{ ...first, status: 'done' }, second]);
  expect(newsBetween(portalPlan([first, second]), after)).toBe('“First” is done. Your next step: Second.');
});

test('news of several, without a next step', () => {
  const after = portalPlan([first, second].map((task) => ({ ...task, status: 'done' as const })));
  expect(newsBetween(portalPlan([first, second]), after)).toBe('“First”, “Second” are done.');
});

test('no news when nothing was done, or when something was reopened', () => {
  const before = portalPlan([{ ...first, status: 'done' }, second]);
  expect(newsBetween(before, before)).toBe('');
  expect(newsBetween(before, portalPlan([first, second]))).toBe('');
});

test('open tasks are those of one side, soonest first', () => {
  const plan = portalPlan([first, second, portalTask({ id: 'theirs', owner: 'vendor' }), portalTask({ id: 'gone', status: 'done' })]);
  expect(openTasksOf(plan, 'customer').map((task) => task.id)).toEqual(['second', 'first']);
});

test('days are in order and today is always one of them', () => {
  expect(byDay([first, second], '2026-11-23').map(({ day, tasks }) => [day, tasks.length])).toEqual([
    ['2026-11-22', 1],
    ['2026-11-23', 0],
    ['2026-11-25', 1],
  ]);
});

test.each([
  ['https://app.example/boards', 'https://app.example/boards'],
  ['/boards', undefined],
  [null, undefined],
])('the place of %s is %s', (url, place) => {
  expect(placeOf(portalTask({ url }))).toBe(place);
});

test.each([
  ['closed by Ada', 'Closed by Ada.'],
  ['Waits for a board.', 'Waits for a board.'],
  ['', ''],
])('the reason “%s” reads “%s”', (reason, text) => {
  expect(sentence(reason)).toBe(text);
});

test.each([
  ['Hedy Lamarr', 'HL'],
  ['Corkboard', 'C'],
  ['', ''],
])('the initials of “%s” are “%s”', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
