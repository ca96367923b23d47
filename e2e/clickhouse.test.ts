import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChdb, startChdb } from '@gangway/server/adapters/clickhouse/testing/start-chdb.ts';
import { startEmbeddedPostgres } from '@gangway/server/adapters/postgres/embedded/embedded-postgres.ts';
import { afterEach, expect, test } from 'vitest';
import { type ServerProcess, signIn, startServerProcess } from './support/server-process.ts';

const engine = findChdb();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gangway-clickhouse-'));
  // Reachable for the user as whom PostgreSQL runs.
  await chmod(path, 0o755);
  undo.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function start(path: string, environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = await startServerProcess(path, environment);
  undo.push(server.stop);
  return server;
}

interface Session {
  readonly environments: readonly { readonly id: string; readonly kind: string; readonly writeKey: string }[];
}

/** Sends to the production environment, and reads from the warehouse how often that arrived. */
async function caller(server: ServerProcess) {
  const cookie = await signIn(server);
  const read = async <Answer>(path: string) =>
    (await (await fetch(new URL(path, server.dashboard), { headers: { cookie } })).json()) as Answer;
  const environment = (await read<Session>('/api/session')).environments.find(({ kind }) => kind === 'production');
  return {
    track: async (messageId: string) => {
      const authorization = `Basic ${Buffer.from(`${environment?.writeKey}:`).toString('base64')}`;
      const body = JSON.stringify({ type: 'track', event: 'Board Created', userId: 'ada', messageId });
      const headers = { 'content-type': 'application/json', authorization };
      return (await fetch(new URL('/v1/track', server.dashboard), { method: 'POST', headers, body })).status;
    },
    count: async () => (await read<{ events?: readonly unknown[] }>(`/api/e/${environment?.id}/live`)).events?.length,
  };
}

test.skipIf(engine === undefined)(
  'what is sent while ClickHouse is away is acknowledged and comes in once; the next start goes on there',
  async () => {
    const postgres = await startEmbeddedPostgres({ dataFolder: await folder() });
    undo.push(postgres.stop);
    const clickhouse = await startChdb(engine ?? '');
    undo.push(() => clickhouse.stop());
    const data = await folder();
    const environment = { DATABASE_URL: postgres.url, CLICKHOUSE_URL: clickhouse.url, DEMO: 'off' };
    const first = await start(data, environment);
    const visitor = await caller(first);
    expect(await visitor.track('before')).toBe(200);
    await expect.poll(visitor.count, { timeout: 10_000 }).toBe(1);

    await clickhouse.kill();
    for (const id of ['one', 'two', 'two']) expect(await visitor.track(id)).toBe(200);
    expect(await visitor.count()).toBeUndefined();
    await clickhouse.restart();
    await expect.poll(visitor.count, { timeout: 20_000 }).toBe(3);
    expect(await first.stop()).toBe(0);

    const again = await caller(await start(data, environment));
    expect(await again.track('after')).toBe(200);
    await expect.poll(again.count, { timeout: 10_000 }).toBe(4);

    await clickhouse.kill();
    await expect(startServerProcess(await folder(), environment)).rejects.toThrow(/ClickHouse at .* cannot be reached/);
  },
  60_000,
);
