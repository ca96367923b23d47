import { startTestServer, type TestServer } from '@gangway/server/testing/start-test-server.ts';
import { basic } from '@gangway/server/testing/test-caller.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Rule } from '../../../rules/rule.ts';
import type { MembersAnswer } from '../contract.ts';

let server: TestServer;

/** On DuckDB: a rule over properties, sums or days is one statement there. */
beforeAll(async () => {
  server = await startTestServer({ warehouse: 'duckdb' });
  const told = { messageId: 0 };
  const id = () => `m${told.messageId++}`;
  const bought = (userId: string, seats: number, plan: string) => ({
    type: 'track',
    event: 'Seats Bought',
    userId,
    properties: { seats, plan },
    messageId: id(),
  });
  const batch = [
    { type: 'identify', userId: 'ada', traits: { role: 'admin' }, messageId: id() },
    { type: 'identify', userId: 'bob', traits: { role: 'member' }, messageId: id() },
    bought('ada', 3, 'pro'),
    bought('ada', 2.5, 'pro'),
    bought('bob', 9, 'pro'),
    bought('cleo', 9, 'free'),
    // Two people who turn out to be one: what both have bought adds up.
    { type: 'track', event: 'Seats Bought', anonymousId: 'visitor', properties: { seats: 4, plan: 'pro' }, messageId: id() },
    { type: 'identify', userId: 'dora', anonymousId: 'visitor', traits: { role: 'admin' }, messageId: id() },
    bought('dora', 1, 'pro'),
  ];
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
});
afterAll(() => server.stop());

const pro = { name: 'Seats Bought', where: [{ property: 'plan', operator: 'equals', value: 'pro' }] } as const;
const seats = (value: number): Rule => ({ type: 'event_sum', ...pro, property: 'seats', operator: 'at_least', value });
const admin: Rule = { type: 'trait', name: 'role', operator: 'equals', value: 'admin' };

const cases: readonly [string, Rule, readonly string[]][] = [
  ['a sum, to the thousandth', seats(5.5), ['ada', 'bob']],
  ['a sum, and a trait that only documents know', { type: 'all', of: [seats(5), admin] }, ['ada', 'dora']],
  ['the opposite, people who did nothing of it too', { type: 'not', rule: seats(5) }, ['cleo']],
  ['days in a zone', { type: 'event_days', ...pro, operator: 'exactly', times: 1, zone: 'Asia/Kathmandu' }, ['ada', 'bob', 'dora']],
  ['a trait of another kind is unknown, so nobody is in', { type: 'all', of: [seats(1), { ...admin, value: 1 }] }, []],
];

describe('members of a rule over what people did', () => {
  it.each(cases)('%s', async (_, rule, expected) => {
    const { body } = await server.owner.post<MembersAnswer>(`/api/e/${server.environment.id}/segments/members`, { rule });
    expect(body.people.map(({ label }) => label).sort()).toEqual(expected);
    expect([body.total, body.of]).toEqual([expected.length, 4]);
  });

  it('hand on to the store who asks, so that it can end the question when they go away', async () => {
    const run = vi.spyOn(server.services.warehouse, 'run');
    await server.owner.post(`/api/e/${server.environment.id}/segments/members`, { rule: seats(1) });
    expect(run.mock.calls.map(([, , options]) => options?.asker?.aborted)).toEqual([false]);
    run.mockRestore();
  });
});
