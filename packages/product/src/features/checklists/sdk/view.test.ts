import { expect, test } from 'vitest';
import type { ChecklistContent, ChecklistView } from '../checklist.ts';
import { freshlyTicked, nextItem } from './view.ts';

const item = (id: string) => ({ id, title: id, description: '', milestone: id });
const list: ChecklistContent = { name: 'L', title: 'L', intro: '', items: [item('a'), item('b'), item('c')] };
const view = (...ticked: string[]): ChecklistView => ({ ticked, completed: ticked.length === 3, dismissed: false });

test('the open item is the first that is not ticked', () => {
  expect(nextItem(list, view())).toBe('a');
  expect(nextItem(list, view('a', 'b'))).toBe('c');
  expect(nextItem(list, view('a', 'b', 'c'))).toBeUndefined();
});

test('freshly ticked items are those that the last view had not', () => {
  expect(freshlyTicked(list, view('a'), view('a', 'c')).map(({ id }) => id)).toEqual(['c']);
  expect(freshlyTicked(list, view('a'), view('a'))).toEqual([]);
});
