import { expect, test } from 'vitest';
import { growingKey } from './api/growing-key.ts';
import { concerns, type Touched } from './live-keys.ts';

const touched = (people: readonly string[] = [], accounts: readonly string[] = []): Touched => ({
  all: false,
  analytics: false,
  people: new Set(people),
  accounts: new Set(accounts),
});
const key = (path: string) => ['e', 'demo', ...path.split('/'), {}];

test('a person is asked again when touched, and only then', () => {
  expect(concerns(key('people/p1'), 'demo', touched(['p1']))).toBe(true);
  expect(concerns(key('people/p1'), 'demo', touched(['p2']))).toBe(false);
  expect(concerns(key('accounts/a1'), 'demo', touched([], ['a1']))).toBe(true);
});

test('an explanation follows its person', () => {
  expect(concerns(key('explain/guides/welcome/p1'), 'demo', touched(['p1']))).toBe(true);
  expect(concerns(key('explain/guides/welcome/p2'), 'demo', touched(['p1']))).toBe(false);
});

test('sums and plans follow every event; growing lists and keys do not', () => {
  expect(concerns(key('ingestion'), 'demo', touched(['p1']))).toBe(true);
  expect(concerns(key('plans'), 'demo', touched(['p1']))).toBe(true);
  for (const list of ['people', 'accounts', 'cohorts/beta/people'])
    expect(concerns(growingKey('demo', list, { search: '' }), 'demo', touched(['p1']))).toBe(false);
  expect(concerns(key('keys'), 'demo', touched(['p1']))).toBe(false);
});

test('no word that somebody typed, as a search or as an id, says how a list is kept fresh', () => {
  for (const word of ['pages', 'timeline']) {
    expect(concerns(['e', 'demo', 'plans', word], 'demo', touched(['p1']))).toBe(true);
    expect(concerns(['e', 'demo', 'plans', { search: word }], 'demo', touched(['p1']))).toBe(true);
    expect(concerns(key(`definitions/guides/${word}`), 'demo', touched(['p1']))).toBe(true);
    expect(concerns(key(`explain/guides/${word}/p1`), 'demo', touched(['p1']))).toBe(true);
    expect(concerns(growingKey('demo', `cohorts/${word}/people`, { search: word }), 'demo', touched(['p1']))).toBe(false);
  }
});

test('reports, timelines and the last events follow what has reached them, not what was only applied', () => {
  expect(concerns(key('people/p1/timeline'), 'demo', touched(['p1']))).toBe(false);
  expect(concerns(key('people/p1/timeline'), 'demo', { ...touched(), analytics: true })).toBe(true);
  expect(concerns(key('live'), 'demo', { ...touched(), analytics: true })).toBe(true);
  expect(concerns(key('people'), 'demo', { ...touched(), analytics: true })).toBe(false);
  expect(concerns(key('reports/funnel'), 'demo', touched(['p1']))).toBe(false);
  expect(concerns(key('reports/funnel'), 'demo', { ...touched(), analytics: true })).toBe(true);
  expect(concerns(key('plans'), 'demo', { ...touched(), analytics: true })).toBe(false);
  for (const besides of ['reports/properties', 'reports/kinds', 'reports/queue'])
    expect(concerns(key(besides), 'demo', { ...touched(), analytics: true })).toBe(false);
});

test('another environment is never concerned; after a gap everything of this one is', () => {
  expect(concerns(key('ingestion'), 'production', touched(['p1']))).toBe(false);
  expect(concerns(key('keys'), 'demo', { ...touched(), all: true })).toBe(true);
});
