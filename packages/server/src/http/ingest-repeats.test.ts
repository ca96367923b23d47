import type { FailedAnswer, IngestionAnswer } from '@gangway/product/features/people/contract.ts';
import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import { scopeKey } from '@gangway/product/kernel/scope.ts';
import { createPath, type Path } from '@gangway/product/pipeline/path.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domains } from '../domains.ts';
import { sha256 } from '../sha256.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { signIn } from '../testing/test-workspace.ts';
import { type RunningPath, runPath } from '../worker/run-path.ts';

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
});
afterAll(() => server.stop());

/** Signed in anew: a test moves the clock over midnight. */
const owner = async () => server.as(await signIn(server.services, server.user));
const ingestion = async () => (await (await owner()).get<IngestionAnswer>(`${base}/ingestion`)).body;
const failed = async (query: string) => (await (await owner()).get<FailedAnswer>(`${base}/failed?${query}`)).body;
async function storedIds(): Promise<string[]> {
  await server.settle();
  return (await server.ports.warehouse.run(recentEvents, { scope: scopeKey(server.scope), limit: 10_000 })).map(({ id }) => id);
}
async function send(batch: readonly object[]): Promise<void> {
  const { status } = await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  expect(status).toBe(200);
}

/** Another server over the same stores: its own memory, its own loops. */
function startSecond(): { path: Path; running: RunningPath } {
  const path = createPath({
    ports: server.ports,
    domains,
    clock: server.clock,
    digest: sha256,
    report: (error) => expect.unreachable(String(error)),
  });
  return { path, running: runPath({ path, signal: server.ports.signal, partitions: 1, report: () => undefined }) };
}
const offer = (path: Path, batch: readonly object[]) =>
  path.offer(server.scope, {
    body: { batch: batch as never },
    context: { receivedAt: server.clock.now(), key: 'public', requestId: newId() },
  });

it('69: every event one to five times, over batches, two servers, a restart and midnight: one row each', async () => {
  const before = await ingestion();
  const events = Array.from({ length: 60 }, (_, index) => ({
    type: 'track',
    event: 'Again',
    userId: `repeat-${index % 7}`,
    messageId: newId(),
  }));
  const copies = (turn: number) => events.filter((_, index) => index % 5 >= turn);
  let second = startSecond();
  await send(events);
  await Promise.all([send(copies(1)), offer(second.path, copies(1)), offer(second.path, [...copies(2), ...copies(2)])]);
  await second.running.stop();
  second = startSecond();
  server.clock.advance(86_400_000);
  await Promise.all([send(copies(3)), offer(second.path, copies(4))]);
  const ids = await storedIds();
  await second.running.stop();
  expect(ids.length).toBe(new Set(ids).size);
  expect(new Set(ids)).toEqual(new Set(events.map(({ messageId }) => messageId)));
  const after = await ingestion();
  expect(after.applied - before.applied).toBe(events.length);
  expect(after).toMatchObject({ balanced: true, conflicts: before.conflicts });
});

describe('70: one id with two contents', () => {
  const event = (input: object) => ({ type: 'track', event: 'Paid', userId: 'payer', messageId: 'conflict-1', ...input });

  it('the first holds; the other is counted, and kept with its reason', async () => {
    const before = await ingestion();
    await send([event({ properties: { amount: 1 } }), event({ properties: { amount: 2 } })]);
    await send([event({ properties: { amount: 3 } }), event({ properties: { amount: 1 } })]);
    await server.settle();
    const rows = await server.ports.warehouse.run(recentEvents, { scope: scopeKey(server.scope), limit: 10_000 });
    expect(rows.filter(({ name }) => name === 'Paid').map(({ properties }) => properties)).toEqual(['{"amount":1}']);
    const after = await ingestion();
    expect(after.conflicts - before.conflicts).toBe(2);
    expect(after.deduplicated - before.deduplicated).toBe(3);
    const kept = await failed('reason=conflicting_duplicate');
    expect(kept.events.map(({ path }) => path)).toEqual(['messageId', 'messageId']);
    const amounts = kept.events.map(({ body }) => (body as { properties: { amount: number } }).properties.amount);
    expect(amounts.sort()).toEqual([2, 3]);
  });

  it('another time, another context or another order of the batch is no conflict', async () => {
    const before = await ingestion();
    const plain = { ...event({ messageId: 'same-1', properties: { amount: 1 } }) };
    await send([plain]);
    await send([{ ...plain, timestamp: '2026-01-01T00:00:00Z', sentAt: '2026-01-01T00:01:00Z', context: { retry: 1 } }]);
    await server.settle();
    expect((await ingestion()).conflicts).toBe(before.conflicts);
  });
});
