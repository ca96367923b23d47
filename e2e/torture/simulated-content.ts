import type { Json } from '@gangway/product/kernel/json.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';

const event = (name: string, times: number, within?: number): Rule => ({
  type: 'event',
  name,
  operator: 'at_least',
  times,
  ...(within === undefined ? {} : { within }),
});
const minute = 60_000;

const person = (name: string, rule: Rule) => ({ name, description: '', subject: 'person', rule, role: 'progress' });

/** Milestones of every kind of rule: counts, windows that close by time, each other, a person's and an account's. */
export const milestoneBodies: Readonly<Record<string, unknown>> = {
  'first-a': person('First A', event('A', 1)),
  'two-b': person('Two B in ten minutes', event('B', 2, 10 * minute)),
  'quiet-c': person('C, then no C for five minutes', {
    type: 'all',
    of: [event('C', 1), { type: 'event', name: 'C', operator: 'at_most', times: 0, within: 5 * minute }],
  }),
  pro: person('Pro with A', {
    type: 'all',
    of: [
      { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' },
      { type: 'milestone', id: 'first-a' },
    ],
  }),
  'much-b': person('Big B worth ten', {
    type: 'event_sum',
    name: 'B',
    where: [{ property: 'size', operator: 'equals', value: 'big' }],
    property: 'worth',
    operator: 'at_least',
    value: 10,
  }),
  'few-a': person('A on one day at most, in a big account', {
    type: 'all',
    of: [
      { type: 'event_days', name: 'A', operator: 'at_most', times: 1, zone: 'Asia/Kathmandu' },
      { type: 'trait', of: 'account', name: 'size', operator: 'at_least', value: 25 },
    ],
  }),
  'a-no-c': person('A, and no C for an hour', {
    type: 'sequence',
    first: { name: 'A' },
    then: { name: 'C' },
    within: 60 * minute,
    happened: false,
  }),
  'account-a': { name: 'Account has A', description: '', subject: 'account', rule: { type: 'milestone', id: 'first-a' }, role: 'go_live' },
};

export const checklistBody = {
  name: 'List',
  audience: { type: 'trait', name: 'plan', operator: 'exists' },
  title: 'List',
  intro: '',
  items: Object.keys(milestoneBodies)
    .filter((id) => id !== 'account-a')
    .map((milestone) => ({ id: `item-${milestone}`, title: milestone, description: '', milestone })),
};

/** A plan whose tasks wait for facts: one person, two people, the account itself. */
export function planBody(account: string): Json {
  const task = (id: string, milestone: string, people: number) => ({
    id,
    title: id,
    why: '',
    owner: 'customer',
    due: '2026-01-01',
    minutes: 1,
    internal: false,
    completion: { type: 'milestone', milestone, people },
  });
  return {
    account,
    name: account,
    playbook: { id: 'p', version: 1 },
    start: '2026-01-01',
    owner: { name: 'O', email: 'o@x.example' },
    phases: [{ id: 'one', title: 'One', tasks: [task('a', 'first-a', 1), task('b', 'two-b', 2), task('acc', 'account-a', 1)] }],
  };
}

export const accounts = ['acme', 'globex'] as const;

export const scope = { workspace: 'w', environment: 'e' } as const;
