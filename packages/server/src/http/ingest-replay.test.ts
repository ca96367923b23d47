import type { FailedAnswer, IngestionAnswer, PersonAnswer, PersonRow, ReplayAnswer } from '@gangway/product/features/people/contract.ts';
import { failed } from '@gangway/product/pipeline/tables.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
});
afterAll(() => server.stop());

async function refuse(batch: readonly object[], shared: object = {}): Promise<void> {
  const { status } = await server.as(undefined).post('/v1/batch', { batch, ...shared }, basic(server.environment.writeKey));
  expect(status).toBe(200);
}
const list = async (query = '') => (await server.owner.get<FailedAnswer>(`${base}/failed${query}`)).body;
const replay = async (body: object) => (await server.owner.post<ReplayAnswer>(`${base}/failed/replay`, body)).body;

/** What a mend of the store's contents would have made of a kept event: stands for a schema that was widened. */
async function mend(id: string, text: string): Promise<void> {
  await server.services.db.transaction({ as: 'request', scope: server.scope }, async (tx) => {
    const [row] = await tx.get(failed, [{ workspace: server.scope.workspace, environment: server.scope.environment, id }]);
    if (!row) throw new Error('the failed event is kept');
    await tx.put(failed, [{ ...row, body: { ...(row.body as object), text } }]);
  });
}

async function person(userId: string): Promise<PersonAnswer | undefined> {
  await server.settle();
  const { people } = (await server.owner.get<{ people: PersonRow[] }>(`${base}/people?search=${userId}`)).body;
  return people[0] && (await server.owner.get<PersonAnswer>(`${base}/people/${people[0].id}`)).body;
}

describe('the list of failed events', () => {
  it('is filtered by reason, stage, time and text, and counts the reasons of all', async () => {
    const before = Date.now();
    await refuse([
      { type: 'track', userId: 'ada', properties: { plan: 'Needle' } },
      { type: 'track', event: 'Nobody' },
      { type: 'group', userId: 'ada' },
    ]);
    expect((await list()).total).toBe(3);
    expect((await list('?reason=no_identity')).events).toMatchObject([
      { reason: 'no_identity', stage: 'accept', body: { event: 'Nobody' } },
    ]);
    expect((await list('?search=needle')).events).toMatchObject([{ reason: 'no_event_name' }]);
    expect((await list('?stage=apply')).total).toBe(0);
    expect((await list(`?from=${before - 1}`)).total).toBe(3);
    expect((await list(`?to=${before - 1}`)).total).toBe(0);
    expect((await list('?reason=no_group&limit=1')).reasons).toHaveLength(3);
  });

  it('leaves as CSV that no spreadsheet runs, and as JSON lines', async () => {
    await refuse([{ type: 'track', event: 'Formula', '=cmd()': 1 }]);
    const csv = await server.owner.get(`${base}/failed/export?format=csv&search=formula`);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="failed-events.csv"');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = csv.text.trim().split('\r\n');
    expect(lines[0]).toContain('id,received_at,stage,reason,path,body');
    expect(lines).toHaveLength(2);
    for (const field of lines.join(',').split(',')) expect(field).not.toMatch(/^[=+@-]/);
    const jsonl = await server.owner.get(`${base}/failed/export?format=jsonl`);
    const events = jsonl.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reason: string });
    expect(events).toHaveLength((await list()).total);
  });

  it('is nobody else’s', async () => {
    const other = server.as((await addWorkspace(server.services, 'nosy')).cookie);
    expect((await other.get(`${base}/failed/export`)).status).toBe(404);
    expect((await other.post(`${base}/failed/replay`, { filter: {} })).status).toBe(404);
    expect((await server.as(undefined).get(`${base}/failed/export`)).status).toBe(401);
  });
});

describe('sending again', () => {
  it('says why what still fails fails, and keeps it', async () => {
    const before = (await list()).total;
    const [first] = (await list('?reason=no_identity')).events;
    const answer = await replay({ ids: [first?.id] });
    expect(answer).toMatchObject({ passed: 0, left: 0, refused: [{ id: first?.id, reason: 'no_identity', path: 'userId' }] });
    expect((await list()).total).toBe(before);
  });

  it('counts what passes now, once, with what its batch said and the time at which it came', async () => {
    const userId = `mended-${newId()}`;
    await refuse([{ type: 'track', userId, anonymousId: 'x', messageId: newId() }], { context: { groupId: 'acme' } });
    const [kept] = (await list(`?search=${userId}`)).events;
    await mend(kept?.id ?? '', JSON.stringify({ ...(kept?.body as object), event: 'Mended' }));
    server.clock.advance(600_000);
    expect(await replay({ filter: { search: userId } })).toEqual({ passed: 1, refused: [], left: 0 });
    expect(await replay({ filter: { search: userId } })).toEqual({ passed: 0, refused: [], left: 0 });
    expect((await list(`?search=${userId}`)).total).toBe(0);
    const found = await person(userId);
    expect(found).toMatchObject({ level: 'claimed', accounts: [{ id: 'acme' }] });
    expect(found?.events).toMatchObject([{ name: 'Mended', count: 1 }]);
    expect(Math.abs((found?.lastSeen ?? 0) - (kept?.receivedAt ?? 0))).toBeLessThan(5);
  });

  it('of what was set aside in the pipeline appends it anew; the sums still add up', async () => {
    const userId = `aside-${newId()}`;
    const event = {
      type: 'track',
      messageId: newId(),
      userId,
      event: 'Set Aside',
      time: Date.now(),
      receivedAt: Date.now(),
      level: 'claimed',
    };
    const row = {
      ...server.scope,
      id: `apply-event:${event.messageId}`,
      stage: 'apply' as const,
      reason: 'could_not_apply: test',
      path: '',
    };
    await server.services.db.transaction({ as: 'request', scope: server.scope }, (tx) =>
      tx.put(failed, [{ ...row, receivedAt: Date.now(), body: { what: 'event', event } }]),
    );
    expect((await list('?stage=apply&reason=could_not_apply')).events).toMatchObject([{ body: { event: 'Set Aside' } }]);
    expect(await replay({ ids: [row.id] })).toEqual({ passed: 1, refused: [], left: 0 });
    expect((await person(userId))?.events).toMatchObject([{ name: 'Set Aside', count: 1 }]);
    const { body } = await server.owner.get<IngestionAnswer>(`${base}/ingestion`);
    expect(body.balanced).toBe(true);
  });
});
