import type { MergesAnswer } from '@gangway/product/features/identity/contract.ts';
import type { FailedAnswer, PersonAnswer, TimelineEvent } from '@gangway/product/features/people/contract.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayDiffers } from '../testing/replay-differs.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';

/**
 * The fifteen cases of identity on the real path: HTTP, log, PostgreSQL, DuckDB. What is asserted is what people see:
 * who is one person, what they did, and what analytics say.
 */
let server: TestServer;
let base: string;
let sent = 0;
const start = Date.UTC(2026, 0, 5, 9);

beforeAll(async () => {
  server = await startTestServer({ run: false, warehouse: 'duckdb' });
  base = `/api/e/${server.environment.id}`;
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
});
afterAll(() => server.stop());

type Event = Record<string, unknown>;

/** One batch, applied and projected before the next; `minute` is when it happened. */
async function send(...events: Event[]): Promise<string[]> {
  const batch = events.map(({ minute, ...event }) => {
    sent++;
    return {
      type: 'track',
      event: 'Looked',
      messageId: `m${sent}`,
      timestamp: new Date(start + Number(minute ?? sent) * 60_000).toISOString(),
      ...event,
    };
  });
  const answer = await server
    .as(undefined)
    .post<{ verdicts: { verdict: string; reason?: string }[] }>('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
  return answer.body.verdicts.map(({ verdict, reason }) => reason ?? verdict);
}

async function personOf(kind: 'user' | 'anonymous', value: string): Promise<PersonAnswer | undefined> {
  const { rows } = await server.database.pool.query('select person from identities where kind = $1 and value = $2', [kind, value]);
  return rows[0] && (await server.owner.get<PersonAnswer>(`${base}/people/${rows[0].person}`)).body;
}
async function user(id: string): Promise<PersonAnswer> {
  const found = await personOf('user', id);
  if (!found) throw new Error(`no user ${id}`);
  return found;
}
const idsOf = (person: PersonAnswer) => person.identities.map(({ kind, value }) => `${kind}:${value}`);
const counts = (person: PersonAnswer) => Object.fromEntries(person.events.map(({ name, count }) => [name, count]));
async function timeline(person: PersonAnswer): Promise<TimelineEvent[]> {
  return (await server.owner.get<{ events: TimelineEvent[] }>(`${base}/people/${person.id}/timeline`)).body.events;
}
const names = async (person: PersonAnswer) => (await timeline(person)).map(({ name }) => name).sort();

describe('the cases of identity', () => {
  it('1: anonymous events, then identify: the device joins the user, and its past events follow', async () => {
    await send({ anonymousId: 'd1', event: 'Looked' }, { anonymousId: 'd1', event: 'Board Created' });
    await send({ type: 'identify', userId: 'one', anonymousId: 'd1' });
    const one = await user('one');
    expect(idsOf(one)).toEqual(['anonymous:d1', 'user:one']);
    expect(counts(one)).toEqual({ Looked: 1, 'Board Created': 1, Identified: 1 });
    expect(await names(one)).toEqual(['Board Created', 'Identified', 'Looked', 'Milestone reached: First board']);
  });

  it('2: identify that arrives before the anonymous events gives the same', async () => {
    await send({ type: 'identify', userId: 'two', anonymousId: 'd2', minute: 5 });
    await send({ anonymousId: 'd2', minute: 1 }, { anonymousId: 'd2', event: 'Board Created', minute: 2 });
    const two = await user('two');
    expect(idsOf(two)).toEqual(['anonymous:d2', 'user:two']);
    expect(counts(two)).toEqual({ Looked: 1, 'Board Created': 1, Identified: 1 });
    expect(two.firstSeen).toBe(start + 60_000);
    expect(await names(two)).toEqual(['Board Created', 'Identified', 'Looked', 'Milestone reached: First board']);
  });

  it('3: a user on two devices: both join, whether the user or the device was there first', async () => {
    await send({ anonymousId: 'd3-phone' }, { anonymousId: 'd3-laptop' });
    await send({ type: 'identify', userId: 'three', anonymousId: 'd3-phone' });
    await send({ type: 'identify', userId: 'three', anonymousId: 'd3-laptop' });
    await send({ anonymousId: 'd3-laptop' });
    const three = await user('three');
    expect(idsOf(three)).toEqual(['anonymous:d3-laptop', 'anonymous:d3-phone', 'user:three']);
    expect(counts(three)).toEqual({ Looked: 3, Identified: 2 });
    expect(await timeline(three)).toHaveLength(5);
  });

  it('4: a shared device without reset stays with its first user; the second user’s events are theirs; the two are not merged', async () => {
    await send({ type: 'identify', userId: 'four-a', anonymousId: 'd4' });
    await send({ type: 'identify', userId: 'four-b', anonymousId: 'd4' }, { userId: 'four-b', anonymousId: 'd4', event: 'Board Created' });
    await send({ anonymousId: 'd4', event: 'Looked' });
    const [first, second] = [await user('four-a'), await user('four-b')];
    expect(idsOf(first)).toEqual(['anonymous:d4', 'user:four-a']);
    expect(idsOf(second)).toEqual(['user:four-b']);
    expect(counts(first)).toEqual({ Identified: 1, Looked: 1 });
    expect(counts(second)).toEqual({ Identified: 1, 'Board Created': 1 });
  });

  it('5: an event with both ids: the user id decides, and implies the link', async () => {
    await send({ anonymousId: 'd5' });
    await send({ userId: 'five', anonymousId: 'd5', event: 'Board Created' });
    await send({ anonymousId: 'd5' });
    expect(counts(await user('five'))).toEqual({ Looked: 2, 'Board Created': 1 });
  });

  it('6: alias of two identified users is refused, and the refusal is on record', async () => {
    await send({ userId: 'six-a' }, { userId: 'six-b' });
    await send({ type: 'alias', previousId: 'six-a', userId: 'six-b' });
    const [a, b] = [await user('six-a'), await user('six-b')];
    expect(a.id).not.toBe(b.id);
    for (const person of [a, b]) {
      const answer = await server.owner.get<MergesAnswer>(`${base}/people/${person.id}/merges`);
      expect(answer.body.merges, answer.text).toMatchObject([{ outcome: 'refused', call: 'alias' }]);
    }
  });

  it('7: alias of an anonymous id is as identify', async () => {
    await send({ anonymousId: 'd7', event: 'Board Created' });
    await send({ type: 'alias', previousId: 'd7', userId: 'seven' });
    const seven = await user('seven');
    expect(idsOf(seven)).toEqual(['anonymous:d7', 'user:seven']);
    expect(counts(seven)).toEqual({ 'Board Created': 1, Aliased: 1 });
  });

  it('8: identify twice: per trait the later event time wins, whatever arrives last', async () => {
    await send({ type: 'identify', userId: 'eight', traits: { plan: 'pro', city: 'Rome' }, minute: 20 });
    await send({ type: 'identify', userId: 'eight', traits: { plan: 'free', name: 'Eight' }, minute: 10 });
    await send({ type: 'identify', userId: 'eight', traits: { city: 'Bonn' }, minute: 30 });
    expect((await user('eight')).traits).toEqual({ plan: 'pro', city: 'Bonn', name: 'Eight' });
  });

  it('9: cycles and an alias of oneself change nothing', async () => {
    await send({ userId: 'nine', anonymousId: 'd9' });
    const before = await user('nine');
    await send(
      { type: 'alias', previousId: 'nine', userId: 'nine' },
      { type: 'alias', previousId: 'd9', userId: 'nine' },
      { type: 'alias', previousId: 'nine', userId: 'nine' },
    );
    const after = await user('nine');
    expect([after.id, idsOf(after)]).toEqual([before.id, idsOf(before)]);
    expect(counts(after)).toEqual({ Looked: 1, Aliased: 3 });
  });

  it('10: garbage ids make nobody of a thousand: the event stays under its own anonymous person', async () => {
    const total = async () => (await server.owner.get<{ total: number }>(`${base}/people`)).body.total;
    const before = await total();
    expect(
      await send(
        { userId: 'undefined' },
        { userId: 'null', anonymousId: 'NaN' },
        { anonymousId: '[object Object]' },
        { userId: 'null', anonymousId: 'd10' },
      ),
    ).toEqual(Array(4).fill('accepted'));
    expect(await total()).toBe(before + 4);
    expect(counts((await personOf('anonymous', 'd10')) as PersonAnswer)).toEqual({ Looked: 1 });
    expect(await personOf('user', 'undefined')).toBeUndefined();
  });

  it('11: a number is a text; an id over 512 characters is refused, with its reason', async () => {
    expect(await send({ userId: 11 }, { userId: '11' }, { userId: 'x'.repeat(513) }, { userId: 'y'.repeat(512) })).toEqual([
      'accepted',
      'accepted',
      'id_too_long',
      'accepted',
    ]);
    expect(counts(await user('11'))).toEqual({ Looked: 2 });
    const failed = (await server.owner.get<FailedAnswer>(`${base}/failed?reason=id_too_long`)).body.events;
    expect(failed).toMatchObject([{ path: 'batch.2.userId' }]);
  });

  it('13: a merge while things run: the earliest completion wins, counts add up, everything is the survivor’s', async () => {
    await send({ userId: 'thirteen', event: 'Board Created', minute: 50 });
    await send({ anonymousId: 'd13', event: 'Board Created', minute: 40 });
    await send({ type: 'identify', userId: 'thirteen', anonymousId: 'd13', minute: 60 });
    const person = await user('thirteen');
    expect(counts(person)).toEqual({ 'Board Created': 2, Identified: 1 });
    expect(person.reached).toMatchObject([{ milestone: 'board', at: start + 40 * 60_000 }]);
    expect(await names(person)).toEqual([
      'Board Created',
      'Board Created',
      'Identified',
      'Milestone reached: First board',
      'Milestone reached: First board',
    ]);
  });

  it('14: a user in several accounts: the named one, else the only one, else none; membership is many to many', async () => {
    await send({ userId: 'fourteen', event: 'Before' });
    await send({ type: 'group', userId: 'fourteen', groupId: 'acme' }, { userId: 'fourteen', event: 'Only' });
    await send({ type: 'group', userId: 'fourteen', groupId: 'globex' }, { userId: 'fourteen', event: 'Which' });
    await send({ userId: 'fourteen', event: 'Named', context: { groupId: 'acme' } });
    const person = await user('fourteen');
    expect(person.accounts.map(({ id }) => id)).toEqual(['acme', 'globex']);
    const account = Object.fromEntries((await timeline(person)).map((event) => [event.name, event.account]));
    expect(account).toMatchObject({ Before: null, Only: 'acme', Which: null, Named: 'acme' });
  });

  it('15: exposures before and after login are one person’s, each with its own variant, so that two variants show', async () => {
    await send({ anonymousId: 'd15', event: 'Experiment Viewed', properties: { experiment: 'x', variant: 'a' } });
    await send({ userId: 'fifteen', event: 'Experiment Viewed', properties: { experiment: 'x', variant: 'b' } });
    await send({ type: 'identify', userId: 'fifteen', anonymousId: 'd15' });
    const seen = (await timeline(await user('fifteen'))).filter(({ name }) => name === 'Experiment Viewed');
    expect(seen.map(({ properties }) => properties.variant).sort()).toEqual(['a', 'b']);
  });

  it('all of it is derived again, the same, from the log alone', async () => {
    expect(await replayDiffers(server)).toEqual([]);
    expect(server.setAside).toEqual([]);
  });
});
