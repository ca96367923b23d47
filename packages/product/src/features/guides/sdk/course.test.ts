import { expect, test } from 'vitest';
import type { TourContent, TourStep } from '../guide.ts';
import { afterTimeout, belongsTo, firstIndex } from './course.ts';

const step = (id: string, more: Partial<TourStep> = {}): TourStep => ({
  id,
  title: id,
  body: [],
  placement: 'bottom',
  advanceOnClick: false,
  missing: 'skip',
  timeout: 1000,
  ...more,
});
const content = (...steps: TourStep[]): TourContent => ({ name: 'T', start: 'auto', steps });
const three = content(step('a'), step('b'), step('c'));

test('a run begins where this device was, else where the server last saw the person, else at the first step', () => {
  expect(firstIndex(three, {}, undefined, false)).toBe(0);
  expect(firstIndex(three, { status: 'shown', step: 'b' }, undefined, false)).toBe(1);
  expect(firstIndex(three, { status: 'shown', step: 'b' }, { step: 'c', seen: [] }, false)).toBe(2);
  expect(firstIndex(three, { status: 'shown', step: 'gone' }, undefined, false)).toBe(0);
  expect(firstIndex(three, { status: 'completed', step: 'c' }, undefined, false)).toBe(0);
  expect(firstIndex(three, { status: 'shown', step: 'b' }, undefined, true)).toBe(0);
});

test('a step without a path is valid everywhere', () => {
  expect(belongsTo(step('a'), '/x')).toBe(true);
  expect(belongsTo(step('a', { path: '/boards/*' }), '/boards/7')).toBe(true);
  expect(belongsTo(step('a', { path: '/boards/*' }), '/')).toBe(false);
});

test('3, 4: what follows a missing target', () => {
  expect(afterTimeout(three, 0, false)).toEqual({ go: 1 });
  expect(afterTimeout(three, 2, true)).toBe('completed');
  expect(afterTimeout(three, 2, false)).toBe('later');
  expect(afterTimeout(content(step('a', { missing: 'center' })), 0, false)).toBe('center');
  expect(afterTimeout(content(step('a', { missing: 'pause' })), 0, false)).toBe('wait');
  expect(afterTimeout(content(step('a', { missing: 'end' })), 0, true)).toBe('later');
});
