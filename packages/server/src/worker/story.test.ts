import type { ExplainAnswer } from '@gangway/product/features/people/contract.ts';
import type { PlanAnswer } from '@gangway/product/features/plans/contract.ts';
import type { ActivationAnswer, FunnelAnswer } from '@gangway/product/features/reports/contract.ts';
import type { Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { reachedCounter } from '@gangway/product/pipeline/count-reached.ts';
import { accounts, counters, people, wakes } from '@gangway/product/pipeline/tables.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { checklistOf, did, milestoneOf, publishBody, startAcmePlan, tourOf, whileSettling } from '../testing/test-content.ts';
import { signIn } from '../testing/test-workspace.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 5, 9);

let server: TestServer;
let now = start;
beforeAll(async () => {
  // The test takes every step of the path itself, so that nothing happens but what it lets happen.
  server = await startTestServer({ run: false });
});
beforeEach(() => moveTo(now + 60 * day));
afterAll(() => server.stop());

function moveTo(instant: number): void {
  now = instant;
  server.clock.set(instant);
}

/** Sends one event that happens now, and lets everything that follows from it happen. */
async function happens(userId: string, event: string, more: Record<string, unknown> = {}): Promise<void> {
  const call = { type: 'track', event, userId, messageId: newId(), timestamp: new Date(now).toISOString(), ...more };
  const { status } = await server.as(undefined).post('/v1/batch', { batch: [call] }, basic(server.environment.writeKey));
  expect(status).toBe(200);
  await server.settle();
}

async function reachedAt(milestone: string, userId: string): Promise<number | undefined> {
  const where = { ...server.scope, id: await personOf(userId) };
  const [row] = await server.services.db.transaction({ as: 'system' }, (tx) => tx.get(people, [where]));
  return row?.doc.milestones.at(milestone);
}

async function reachedByAccount(id: string): Promise<string[]> {
  const [row] = await server.services.db.transaction({ as: 'system' }, (tx) => tx.get(accounts, [{ ...server.scope, id }]));
  return [...(row?.doc.milestones.names ?? [])];
}

async function personOf(userId: string): Promise<string> {
  const { rows } = await server.database.pool.query<{ person: string }>(
    `select person from identities where kind = 'user' and value = $1`,
    [userId],
  );
  return rows[0]?.person ?? '';
}

async function nextWake(userId: string): Promise<number | undefined> {
  const key = { ...server.scope, subject: `person:${await personOf(userId)}` };
  const [row] = await server.services.db.transaction({ as: 'system' }, (tx) => tx.get(wakes, [key]));
  return row?.due;
}

async function manifestOf(userId: string): Promise<Manifest> {
  const body = JSON.stringify({ writeKey: server.environment.writeKey, anonymousId: 'any', userId });
  const answer = await server.as(undefined).post<SignedManifest>('/v1/manifest', body);
  return JSON.parse(answer.body.manifest) as Manifest;
}

/** Publishes as an owner who has signed in just now: weeks pass in these tests, and sessions end. */
async function publish(key: Parameters<typeof publishBody>[1], body: unknown): Promise<void> {
  await publishBody({ ...server, owner: server.as(await signIn(server.services, server.user)) }, key, body);
}

const milestone = (id: string, rule: Rule, backfill: 'everyone' | 'from_now' = 'everyone') =>
  publish({ slice: 'milestones', id, backfill }, milestoneOf(rule, { name: id }));

describe('one event', () => {
  it('ticks the checklist, closes the plan’s task, moves the funnel and the account, and explains itself', async () => {
    await publishBody(
      server,
      { slice: 'milestones', id: 'first-board' },
      milestoneOf(did('Board Created'), { name: 'First board', role: 'activation' }),
    );
    const live = milestoneOf({ type: 'milestone', id: 'first-board' }, { subject: 'account', name: 'Live', role: 'go_live' });
    await publishBody(server, { slice: 'milestones', id: 'live' }, live);
    await publishBody(server, { slice: 'checklists', id: 'start' }, checklistOf({ type: 'all', of: [] }, ['first-board', 'other']));
    const plan = await startAcmePlan(server, 'first-board');
    await happens('ada', 'Signed Up', { context: { groupId: 'acme' } });
    const signedUp = now;
    moveTo(now + hour);
    await happens('ada', 'Board Created', { context: { groupId: 'acme' } });

    const manifest = await manifestOf('ada');
    expect(manifest.entries).toMatchObject([{ id: 'start', state: { ticked: ['first-board'], completed: false } }]);
    const base = `/api/e/${server.environment.id}`;
    const { body: seen } = await server.owner.get<PlanAnswer>(`${base}/plans/${plan.id}`);
    const task = seen.phases[0]?.tasks.find(({ id }) => id === 'board');
    expect(task).toMatchObject({ status: 'done', doneAt: now, because: 'Closed by “First board” (ada)' });
    const request = {
      steps: [
        { type: 'event', name: 'Signed Up' },
        { type: 'milestone', id: 'first-board' },
      ],
      within: day,
      from: signedUp,
      to: signedUp + day,
    };
    const { body: funnel } = await server.owner.post<FunnelAnswer>(`${base}/reports/funnel`, request);
    expect(funnel).toMatchObject({ n: 1, medianTime: hour, steps: [{ people: 1 }, { label: 'First board', people: 1, ofFirst: 1 }] });
    const reached = now;
    moveTo(signedUp + 11 * hour);
    const { body: activation } = await server.owner.get<ActivationAnswer>(`${base}/reports/activation?within=${10 * hour}`);
    expect(activation).toMatchObject({ rate: 1, activated: 1, matured: 1, open: 0 });
    const why = await server.owner.get<ExplainAnswer>(`${base}/explain/milestones/first-board/${await personOf('ada')}`);
    expect(why.body).toMatchObject({ headline: 'Reached.', conditions: [{ answer: 'yes', found: 'once' }], history: [{ at: reached }] });
    expect(await reachedByAccount('acme')).toContain('live');
  });
});

describe('a device that turns out to be somebody’s', () => {
  it('brings what it has reached to the person, their checklist and their account’s plan', async () => {
    const owner = server.as(await signIn(server.services, server.user));
    const request = { account: 'beta', playbook: 'launch', name: 'Beta launch', start: '2026-01-05' };
    const base = `/api/e/${server.environment.id}`;
    const { body: plan } = await whileSettling(server, owner.post<PlanAnswer>(`${base}/plans`, request));
    await happens('hal', 'Signed Up', { context: { groupId: 'beta' } });
    await happens('', 'Board Created', { userId: undefined, anonymousId: 'hal-device' });
    const taskOf = async () => {
      const { body } = await owner.get<PlanAnswer>(`${base}/plans/${plan.id}`);
      return body.phases[0]?.tasks.find(({ id }) => id === 'board');
    };
    expect([(await taskOf())?.status, await reachedAt('first-board', 'hal')]).toEqual(['late', undefined]);

    const made = now;
    moveTo(now + hour);
    await happens('hal', 'Identified', { type: 'identify', event: undefined, anonymousId: 'hal-device' });
    expect(await reachedAt('first-board', 'hal')).toBe(made);
    expect(await taskOf()).toMatchObject({ status: 'done', because: 'Closed by “First board” (hal)' });
    expect((await manifestOf('hal')).entries).toMatchObject([{ id: 'start', state: { ticked: ['first-board'] } }]);
  });
});

describe('a window of time', () => {
  it('lets a milestone in at the very instant at which the last event has left it, by a wake and no poll', async () => {
    const quiet = { type: 'not', rule: did('Logged In', 1, 7 * day) } as const;
    await milestone('quiet', { type: 'all', of: [did('Signed Up'), quiet] });
    await happens('bea', 'Logged In');
    await happens('bea', 'Signed Up');
    const due = now + 7 * day;
    expect([await reachedAt('quiet', 'bea'), await nextWake('bea')]).toEqual([undefined, due]);
    moveTo(due - 1);
    await server.settle();
    expect(await reachedAt('quiet', 'bea')).toBeUndefined();
    moveTo(due);
    await server.settle();
    expect([await reachedAt('quiet', 'bea'), await nextWake('bea')]).toEqual([due, undefined]);
  });

  it('moves the wake when the thing happens again', async () => {
    await happens('cleo', 'Logged In');
    await happens('cleo', 'Signed Up');
    const first = now + 7 * day;
    moveTo(now + 3 * day);
    await happens('cleo', 'Logged In');
    expect(await nextWake('cleo')).toBe(now + 7 * day);
    moveTo(first);
    await server.settle();
    expect(await reachedAt('quiet', 'cleo')).toBeUndefined();
    moveTo(first + 3 * day);
    await server.settle();
    expect(await reachedAt('quiet', 'cleo')).toBe(now);
  });

  it('counts only what lies inside it: three within a day', async () => {
    await milestone('busy', did('Card Moved', 3, day));
    for (const offset of [0, 10, 15]) {
      moveTo(now + offset * hour);
      await happens('dora', 'Card Moved');
    }
    expect(await reachedAt('busy', 'dora')).toBeUndefined();
    moveTo(now + 5 * hour);
    await happens('dora', 'Card Moved');
    expect(await reachedAt('busy', 'dora')).toBe(now);
  });

  it('ends an audience at its instant: the manifest says until when, and then holds it no more', async () => {
    await publish({ slice: 'guides', id: 'fresh' }, tourOf(did('Board Opened', 1, hour)));
    await happens('edda', 'Board Opened');
    const entry = (await manifestOf('edda')).entries.find(({ id }) => id === 'fresh');
    expect(entry).toMatchObject({ show: { type: 'all', of: [] }, until: now + hour });
    moveTo(now + hour - 1);
    expect((await manifestOf('edda')).entries.map(({ id }) => id)).toContain('fresh');
    moveTo(now + 1);
    expect((await manifestOf('edda')).entries.map(({ id }) => id)).not.toContain('fresh');
  });
});

describe('somebody new', () => {
  it('is asked every rule, also of what was not done, and so is a new account', async () => {
    await milestone('never-paid', { type: 'not', rule: did('Paid') });
    await milestone('anybody', { type: 'all', of: [] });
    const unnamed = { type: 'trait', name: 'name', operator: 'missing' } as const;
    await publish({ slice: 'milestones', id: 'unnamed' }, milestoneOf(unnamed, { subject: 'account' }));
    await happens('new', 'Looked Around', { context: { groupId: 'new-account' } });
    expect([await reachedAt('never-paid', 'new'), await reachedAt('anybody', 'new')]).toEqual([now, now]);
    expect(await reachedByAccount('new-account')).toContain('unnamed');
    await happens('payer', 'Paid');
    expect(await reachedAt('never-paid', 'payer')).toBeUndefined();
  });
});

describe('publishing a milestone over known people', () => {
  it('for everyone reaches those who match already, page by page; from now on, only those to whom something happens', async () => {
    const batch = Array.from({ length: 250 }, (_, index) => ({ type: 'track', event: 'Imported', userId: `import-${index}` }));
    await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
    await server.settle();
    moveTo(now + day);
    await milestone('all-imported', did('Imported'), 'everyone');
    await milestone('new-imported', did('Imported'), 'from_now');
    const countOf = async (id: string) => {
      const key = { ...server.scope, name: reachedCounter(id) };
      const [row] = await server.services.db.transaction({ as: 'system' }, (tx) => tx.get(counters, [key]));
      return row?.value ?? 0;
    };
    expect([await countOf('all-imported'), await countOf('new-imported')]).toEqual([250, 0]);
    await happens('import-7', 'Imported');
    await happens('stranger', 'Imported');
    expect([await countOf('all-imported'), await countOf('new-imported')]).toEqual([251, 2]);
    expect(await reachedAt('new-imported', 'import-7')).toBe(now);
  });

  it('for everyone also sets the wakes of those whom time alone will bring in', async () => {
    await happens('fay', 'Trial Started');
    const began = now;
    moveTo(now + day);
    await milestone('trial-over', { type: 'all', of: [did('Trial Started'), { type: 'not', rule: did('Trial Started', 1, 14 * day) }] });
    expect(await nextWake('fay')).toBe(began + 14 * day);
    moveTo(began + 14 * day);
    await server.settle();
    expect(await reachedAt('trial-over', 'fay')).toBe(began + 14 * day);
  });

  it('keeps what was reached when the definition is killed or made stricter', async () => {
    await happens('gia', 'Imported');
    await milestone('all-imported', did('Imported', 99), 'everyone');
    expect(await reachedAt('all-imported', 'gia')).toBe(now);
    expect(server.setAside).toEqual([]);
  });
});
