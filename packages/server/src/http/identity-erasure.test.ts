import type { ErasureAnswer, ErasuresAnswer } from '@gangway/product/features/identity/contract.ts';
import type { FailedAnswer, IngestionAnswer, PersonAnswer } from '@gangway/product/features/people/contract.ts';
import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decisions } from '../decisions/tables.ts';
import { replayDiffers } from '../testing/replay-differs.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

/** One person with a canary in every place, deleted; everybody else and every sum stays. */
let server: TestServer;
let base: string;
const canary = 'kanarienvogel';

beforeAll(async () => {
  server = await startTestServer({ warehouse: 'duckdb' });
  base = `/api/e/${server.environment.id}`;
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
  // Nobody else reaches this one: what counted her must be as if it had never counted.
  const called = milestoneOf({ type: 'trait', name: 'name', operator: 'equals', value: 'Kay' });
  await publishBody(server, { slice: 'milestones', id: 'called-kay' }, called);
  await send({ anonymousId: `${canary}-phone`, event: 'Looked' }, { userId: 'bob', event: 'Board Created', context: { groupId: 'acme' } });
  await send({ type: 'identify', userId: canary, anonymousId: `${canary}-phone`, traits: { name: 'Kay', email: `kay@${canary}.example` } });
  await send(
    { anonymousId: `${canary}-old` },
    { userId: canary, event: 'Board Created', properties: { note: canary }, context: { page: { path: `/${canary}` } } },
  );
  await send({ type: 'identify', userId: canary, anonymousId: `${canary}-old` });
  await send(
    { type: 'group', userId: canary, groupId: 'acme', traits: { name: 'Acme', seats: 7 } },
    { userId: 'bob', anonymousId: `${canary}-phone`, event: 'Looked' },
  );
  await send({ type: 'alias', userId: 'bob', previousId: canary }, { type: 'track', userId: canary, event: '', messageId: 'bad' });
  await send({ userId: 'zoe', event: 'Board Created' }, { anonymousId: 'zoe-phone' });
  await send({ type: 'identify', userId: 'zoe', anonymousId: 'zoe-phone' });
});
afterAll(() => server.stop());

async function send(...events: Record<string, unknown>[]) {
  const batch = events.map((event) => ({ type: 'track', event: 'Looked', messageId: newId(), ...event }));
  const answer = await server
    .as(undefined)
    .post<{ verdicts: { verdict: string; reason?: string }[] }>('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
  return answer.body.verdicts.map(({ verdict, reason }) => reason ?? verdict);
}
async function idOf(value: string, kind = 'user'): Promise<string | undefined> {
  const { rows } = await server.database.pool.query('select person from identities where kind = $1 and value = $2', [kind, value]);
  return rows[0]?.person;
}
const erasures = async () => (await server.owner.get<ErasuresAnswer>(`${base}/erasures`)).body.erasures;
const ingestion = async () => (await server.owner.get<IngestionAnswer>(`${base}/ingestion`)).body;
const account = async () => (await server.owner.get<Record<string, unknown>>(`${base}/accounts/acme`)).body;
let person = '';
let before: { ingestion: IngestionAnswer; account: Record<string, unknown>; bob: PersonAnswer };

/** Every table whose text names the canary, and how many rows of it. */
async function tablesWithCanary(): Promise<string[]> {
  const { rows } = await server.database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: counted } = await server.database.pool.query(`select count(*)::int as n from "${name}" t where t::text ilike $1`, [
      `%${canary}%`,
    ]);
    if (counted[0].n > 0) found.push(name);
  }
  return found;
}

it('93: the export holds what is stored of the person, in every place', async () => {
  person = (await idOf(canary)) ?? '';
  const decided = { ...scopeColumns(server.scope), slice: 'guides', definition: 'welcome', verdict: 'blocked', version: 1 } as const;
  await server.services.db.transaction({ as: 'request', scope: server.scope }, (tx) =>
    tx.put(decisions, [{ ...decided, person, at: server.clock.now(), withheldAt: null, history: [] }]),
  );
  const { status, text, headers } = await server.owner.get(`${base}/people/${person}/export`);
  expect([status, headers.get('content-disposition')]).toEqual([200, `attachment; filename="person-${person}.json"`]);
  const document = JSON.parse(text);
  expect(document.person).toMatchObject({ userId: canary, name: 'Kay', doc: { traits: { email: `kay@${canary}.example` } } });
  // As records, not as the lists of the store.
  expect(document.person.doc).toMatchObject({ milestones: { board: expect.any(Number) }, events: { 'Board Created': { count: 1 } } });
  expect(document.ids.sort()).toEqual([`anonymous:${canary}-old`, `anonymous:${canary}-phone`, `user:${canary}`]);
  expect(document.timeline.map(({ name }: { name: string }) => name).sort()).toEqual([
    'Board Created',
    'Group Joined',
    'Identified',
    'Identified',
    'Looked',
    'Looked',
    'board',
    'called-kay',
  ]);
  expect(document.events).toHaveLength(6);
  expect(JSON.stringify(document.events)).toContain(`/${canary}`);
  expect(document.refusedEvents).toHaveLength(1);
  expect(document.merges).toHaveLength(1);
  expect(document.kept).toMatchObject({ decisions: [{ person, slice: 'guides', definition: 'welcome', verdict: 'blocked' }] });
  expect(text).not.toContain('zoe');
});

it('asks for the name before it deletes, and only the owner of the environment', async () => {
  const refused = await server.owner.post<{ code: string }>(`${base}/people/${person}/erase`, { confirm: 'kay' });
  expect([refused.status, refused.body.code]).toEqual([400, 'not_confirmed']);
  const other = await addWorkspace(server.services, 'other');
  for (const path of [base, `/api/e/${other.scope.environment}`]) {
    expect((await server.as(other.cookie).post(`${path}/people/${person}/erase`, { confirm: 'Kay' })).status).toBe(404);
    expect((await server.as(other.cookie).get(`${path}/people/${person}/export`)).status).toBe(404);
  }
  expect(await erasures()).toEqual([]);
});

it('94: deletes the person in every place, with progress, and leaves everybody else as they were', async () => {
  const bob = (await idOf('bob')) ?? '';
  before = {
    ingestion: await ingestion(),
    account: await account(),
    bob: (await server.owner.get<PersonAnswer>(`${base}/people/${bob}`)).body,
  };
  expect(await tablesWithCanary()).toEqual(['event_log', 'failed_events', 'identities', 'merges', 'people']);
  const asked = await server.owner.post<ErasureAnswer>(`${base}/people/${person}/erase`, { confirm: 'Kay' });
  expect([asked.status, asked.body.state]).toEqual([200, 'closing']);
  expect(await send({ userId: canary })).toEqual(['erased_person']);
  server.clock.advance(11_000);
  for (let turn = 0; turn < 400 && (await erasures())[0]?.state !== 'done'; turn++) await new Promise((done) => setTimeout(done, 25));
  expect((await erasures())[0]).toMatchObject({
    state: 'done',
    error: null,
    person,
    result: { entries: 6, failed: 1, messages: 0, mentions: [] },
  });
  await server.settle();
  expect(await tablesWithCanary()).toEqual([]);
  expect((await server.database.pool.query('select person from decisions where person = $1', [person])).rows).toEqual([]);
  const scope = `${server.scope.workspace}/${server.scope.environment}`;
  const rows = await server.ports.warehouse.run(recentEvents, { scope, limit: 1000 });
  expect(JSON.stringify(rows)).not.toContain(canary);
  expect(rows.filter(({ person: number }) => `p_${number}` === person)).toEqual([]);
  expect((await server.owner.get(`${base}/people/${person}`)).status).toBe(404);
  const { lastSeen: _, ...members } = { ...(await account()), people: 0, members: 0 } as Record<string, unknown>;
  expect(members).toEqual({ ...before.account, people: 0, members: 0, lastSeen: undefined });
  expect((await server.owner.get<PersonAnswer>(`${base}/people/${bob}`)).body).toEqual(before.bob);
  expect(await ingestion()).toMatchObject({
    acknowledged: before.ingestion.acknowledged,
    applied: before.ingestion.applied,
    balanced: true,
  });
});

it('94: a replay derives the same again, and does not bring the person back', async () => {
  expect(await replayDiffers(server)).toEqual([]);
});

it('12: late events of the deleted ids are refused, counted and not kept; a device of theirs says nothing of its next user', async () => {
  expect(
    await send(
      { userId: canary },
      { anonymousId: `${canary}-phone` },
      { userId: 'new', anonymousId: `${canary}-phone` },
      { type: 'alias', userId: 'bob', previousId: canary },
    ),
  ).toEqual(['erased_person', 'erased_person', 'accepted', 'erased_person']);
  expect((await erasures())[0]?.late).toBe(4);
  expect(await tablesWithCanary()).toEqual([]);
  expect((await server.owner.get<FailedAnswer>(`${base}/failed?reason=erased_person`)).body.events).toEqual([]);
  expect((await server.owner.get<PersonAnswer>(`${base}/people/${await idOf('new')}`)).body.identities).toEqual([
    { kind: 'user', value: 'new' },
  ]);
  expect((await server.database.pool.query('select distinct workspace, number from tombstones')).rows).toEqual([
    { workspace: server.scope.workspace, number: 1 },
  ]);
});

it('numbers the people who come later as if nothing had happened', async () => {
  await send({ userId: 'later' });
  expect(await replayDiffers(server)).toEqual([]);
  const again = await server.owner.post<{ code: string }>(`${base}/people/${person}/erase`, { confirm: 'Kay' });
  expect(again.status).toBe(404);
});
