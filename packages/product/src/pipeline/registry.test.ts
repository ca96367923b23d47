import { describe, expect, it } from 'vitest';
import { type Definition, defineSlice, type SliceDomain } from '../kernel/slice.ts';
import type { Rule } from '../rules/rule.ts';
import { buildRegistry } from './registry.ts';

interface Body {
  readonly rule: Rule;
  readonly subject?: 'person' | 'account';
}

/** Goals are matched; plans react to milestones of an account's people; banners are shown. */
const domains: readonly SliceDomain[] = [
  defineSlice<Body, string>({
    name: 'goals',
    matchers: [{ slice: 'goals', subject: (body) => body.subject ?? 'person', rule: (body) => body.rule }],
  }),
  defineSlice<Body, never>({ name: 'lists', savedRules: [{ slice: 'lists', rule: (body) => body.rule }] }),
  defineSlice<{ readonly milestones: readonly string[] }, string>({
    name: 'plans',
    reactors: [
      {
        slice: 'plans',
        subject: 'account',
        listens: ({ body }) => body.milestones.map((id) => `milestone:${id}`),
        advance: ({ state }) => ({ state, effects: [] }),
        standing: () => undefined,
        merge: (one) => one,
        memberMilestones: (body) => body.milestones,
      },
    ],
  }),
  defineSlice<Body, string>({
    name: 'banners',
    surfaces: [
      {
        slice: 'banners',
        kind: 'banner',
        audience: (body) => body.rule,
        content: () => null,
        view: () => null,
        blockedBy: () => undefined,
        liveEvents: () => ['Banner Seen'],
      },
    ],
  }),
];

const did = (name: string): Rule => ({ type: 'event', name, operator: 'at_least', times: 1 });
const define = (slice: string, id: string, body: unknown, only?: Definition['only']): Definition => ({
  slice,
  id,
  version: 1,
  body: body as Definition['body'],
  ...(only ? { only } : {}),
});
const registry = buildRegistry(
  [
    define('goals', 'paid', { rule: did('Paid') }),
    define('goals', 'both', { rule: { type: 'all', of: [did('Paid'), { type: 'trait', name: 'plan', operator: 'exists' }] } }),
    define('goals', 'everybody', { rule: { type: 'all', of: [] } }),
    define('goals', 'live', { rule: { type: 'milestone', id: 'paid' }, subject: 'account' }),
    define('plans', 'acme-plan', { milestones: ['board'] }, { kind: 'account', id: 'acme' }),
    define('banners', 'hello', { rule: did('Opened') }),
    define('gone', 'x', {}),
  ],
  domains,
);
const ids = (found: readonly { readonly definition: Definition }[]) => found.map(({ definition }) => definition.id);

describe('what is live', () => {
  it('is found by what it looks at, once, for the right kind of subject', () => {
    expect(ids(registry.matchersFor('person', ['event:Paid']))).toEqual(['paid', 'both']);
    expect(ids(registry.matchersFor('person', ['trait:plan', 'event:Paid']))).toEqual(['both', 'paid']);
    expect(ids(registry.matchersFor('account', ['event:Paid']))).toEqual([]);
    expect(ids(registry.matchersFor('account', ['milestone:paid']))).toEqual(['live']);
    expect(ids(registry.matchersFor('person', ['event:Other']))).toEqual([]);
  });

  it('is all found for a subject that is new, also what looks at nothing', () => {
    expect(ids(registry.matchersFor('person', registry.keys)).sort()).toEqual(['both', 'everybody', 'paid']);
  });

  it('reacts for its own subject alone, when it names one', () => {
    expect(ids(registry.reactorsFor({ kind: 'account', id: 'acme' }, ['milestone:board']))).toEqual(['acme-plan']);
    expect(ids(registry.reactorsFor({ kind: 'account', id: 'other' }, ['milestone:board']))).toEqual([]);
    expect(ids(registry.reactorsFor({ kind: 'person', id: 'acme' }, ['milestone:board']))).toEqual([]);
  });

  it('says which milestones of its people an account must hear of', () => {
    expect([registry.caresAbout('acme', 'board'), registry.caresAbout('other', 'board')]).toEqual([true, false]);
    expect([registry.caresAbout('acme', 'paid'), registry.caresAbout('other', 'paid')]).toEqual([true, true]);
    expect([...registry.milestonesFor('acme')].sort()).toEqual(['board', 'paid']);
    expect(registry.caresAbout('constructor', 'board')).toBe(false);
  });

  it('names the events that somebody waits for, so that pages send them at once', () => {
    expect(registry.liveEvents).toEqual(['Banner Seen', 'Opened', 'Paid']);
    expect(JSON.parse(registry.liveEventsText)).toEqual(registry.liveEvents);
  });

  it('leaves a definition alone whose slice is not there', () => {
    expect(ids(registry.definitions.map((definition) => ({ definition })))).toContain('x');
    expect([registry.matcher('gone', 'x'), registry.reactor('gone', 'x')]).toEqual([undefined, undefined]);
  });

  it('finds who uses a segment, and nobody for what only has the same id', () => {
    const segment = (id: string): Rule => ({ type: 'segment', id });
    const { usersOf } = buildRegistry(
      [
        define('lists', 'big', { rule: did('Paid') }),
        define('lists', 'wide', { rule: segment('big') }),
        define('goals', 'big', { rule: did('Paid') }),
        define('goals', 'direct', { rule: segment('big') }),
        define('banners', 'through', { rule: segment('wide') }),
      ],
      domains,
    );
    expect(usersOf({ slice: 'lists', id: 'big' }).map(({ id }) => id)).toEqual(['wide', 'direct', 'through']);
    expect(usersOf({ slice: 'goals', id: 'big' })).toEqual([]);
  });
});
