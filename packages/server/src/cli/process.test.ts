import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltServer, createBuiltServer, isAlive, isRoot, nobody, postgresOf, type Started } from '../testing/server-process.ts';
import { basic, createCaller, newId, type TestCaller } from '../testing/test-caller.ts';

const run = promisify(execFile);
let server: BuiltServer;
let folder: string;
beforeAll(async () => {
  server = await createBuiltServer();
  folder = await server.newFolder();
});
afterAll(() => server.remove());

function ready(started: Started): Extract<Started, { running: true }> {
  if (!started.running) throw new Error(`it did not start: ${started.said}`);
  return started;
}

/** A refused start says one line, for a person, and leaves nothing running. */
async function expectRefusal(started: Started, sentence: RegExp): Promise<void> {
  expect(started).toMatchObject({ running: false, code: 1 });
  const said = started.running ? '' : started.said.trim();
  expect(said).toMatch(sentence);
  expect(said.split('\n')).toHaveLength(1);
}

async function signIn({ dashboard, signIn: link }: { dashboard: string; signIn: string }): Promise<TestCaller> {
  const origin = dashboard.replace(/\/$/, '');
  const { headers } = await createCaller(origin, undefined).post('/api/sign-in/consume', { token: link.split('#')[1] });
  return createCaller(origin, (headers.get('set-cookie') ?? '').split(';')[0]);
}

async function production(caller: TestCaller) {
  const { body } = await caller.get<SessionAnswer>('/api/session');
  const environment = body.environments.find(({ kind }) => kind === 'production');
  if (!environment) throw new Error('there is no production environment');
  return environment;
}

async function track(caller: TestCaller, name: string): Promise<number> {
  const { writeKey } = await production(caller);
  const event = { type: 'track', event: name, userId: 'ada', messageId: newId() };
  return (await caller.post('/v1/track', event, basic(writeKey))).status;
}

async function names(caller: TestCaller): Promise<readonly string[]> {
  const { id } = await production(caller);
  return (await caller.get<{ names: string[] }>(`/api/e/${id}/events/names`)).body.names;
}

describe('a server on a data folder', () => {
  it('starts on an empty one, and on SIGTERM ends with 0 within ten seconds and leaves no PostgreSQL', async () => {
    const first = server.start({ dataFolder: folder });
    const caller = await signIn(ready(await first.started));
    expect(await track(caller, 'Before the stop')).toBe(200);
    const postgres = await postgresOf(folder);
    expect(postgres).toBeDefined();
    const { code, took } = await first.end('SIGTERM');
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
    expect([await postgresOf(folder), isAlive(postgres?.pid ?? 0)]).toEqual([undefined, false]);
  });

  it('65, 66, 67: has a PostgreSQL that notices altered pages, and dies rather than trust a disk that did not confirm', async () => {
    const one = server.start({ dataFolder: folder });
    ready(await one.started);
    const client = await connectTo(folder);
    const settings = ['data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit', 'data_sync_retry', 'ignore_checksum_failure'];
    const { rows } = await client.query<{ name: string; setting: string }>('select name, setting from pg_settings where name = any($1)', [
      settings,
    ]);
    await client.end();
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_sync_retry: 'off',
      ignore_checksum_failure: 'off',
    });
    expect((await one.end('SIGTERM')).code).toBe(0);
  });

  it('says that its port is in use, and stops what it had started', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const second = server.start({ dataFolder: folder, port });
    await expectRefusal(await second.started, new RegExp(`^Port ${port} is in use.*choose another with PORT`));
    taken.close();
    expect(await postgresOf(folder)).toBeUndefined();
  });

  it('refuses a second server; killed outright it mends: every acknowledged event is there and nothing is orphaned', async () => {
    const one = server.start({ dataFolder: folder });
    const again = ready(await one.started);
    const caller = await signIn(again);
    expect(again.within).toBeLessThan(10_000);
    expect(await names(caller)).toContain('Before the stop');

    const second = server.start({ dataFolder: folder });
    await expectRefusal(await second.started, /^Another Gangway server is running on .*GANGWAY_DATA/);
    expect((await caller.get('/livez')).status).toBe(200);

    const acknowledged = Array.from({ length: 20 }, (_, index) => `Before the kill ${index}`);
    for (const name of acknowledged) expect(await track(caller, name)).toBe(200);
    await one.end('SIGKILL');
    const orphan = await postgresOf(folder);
    expect(orphan).toBeDefined();

    const three = server.start({ dataFolder: folder });
    const after = await signIn(ready(await three.started));
    await expect.poll(() => names(after), { timeout: 10_000 }).toEqual(expect.arrayContaining([...acknowledged, 'Before the stop']));
    await writeMigrationOfTheFuture(folder);
    expect((await three.end('SIGTERM')).code).toBe(0);
    expect([await postgresOf(folder), isAlive(orphan?.pid ?? 0)]).toEqual([undefined, false]);
  });

  it('refuses data that a newer version has written, and leaves it as it was', async () => {
    const old = server.start({ dataFolder: folder });
    await expectRefusal(await old.started, /^This data was written by a newer version of Gangway \(9999-future\)/);
    expect(await postgresOf(folder)).toBeUndefined();
  });
});

/** A connection to the folder's PostgreSQL, as its owner. */
async function connectTo(dataFolder: string): Promise<pg.Client> {
  const password = (await readFile(join(dataFolder, 'postgres.password'), 'utf8')).trim();
  const port = (await postgresOf(dataFolder))?.port;
  const client = new pg.Client({ connectionString: `postgres://gangway:${password}@127.0.0.1:${port}/gangway` });
  await client.connect();
  return client;
}

async function writeMigrationOfTheFuture(dataFolder: string): Promise<void> {
  const client = await connectTo(dataFolder);
  await client.query(`insert into migrations (name) values ('9999-future')`);
  await client.end();
}

async function mountSmall(folder: string, size: string): Promise<boolean> {
  return run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
}

describe.skipIf(!isRoot)('a server that is not started as root (needs root to test)', () => {
  it('keeps everything in its own folder, under its own user', async () => {
    const own = await server.newFolder();
    await chown(own, nobody.uid, nobody.gid);
    const started = server.start({ dataFolder: own, user: nobody });
    const caller = await signIn(ready(await started.started));
    expect(await track(caller, 'As nobody')).toBe(200);
    expect((await stat(join(own, 'postgres', 'PG_VERSION'))).uid).toBe(nobody.uid);
    expect((await stat(join(own, 'secret.key'))).mode & 0o077).toBe(0);
    expect((await started.end('SIGTERM')).code).toBe(0);
    expect(await postgresOf(own)).toBeUndefined();
  });

  it('says that the folder cannot be written', async () => {
    const closed = join(await server.newFolder(), 'data');
    await mkdir(closed, { mode: 0o755 });
    const refused = await server.start({ dataFolder: closed, user: nobody }).started;
    await expectRefusal(refused, /cannot be written .*choose another folder with GANGWAY_DATA\. Nothing was changed\.$/);
  });

  it('67: on a disk that is full refuses events alone, and takes them again when there is room', async (context) => {
    const small = await server.newFolder();
    if (!(await mountSmall(small, '800m'))) context.skip('a small file system cannot be mounted here');
    try {
      const one = server.start({ dataFolder: small });
      const caller = await signIn(ready(await one.started));
      expect(await track(caller, 'With room')).toBe(200);
      const { bavail, bsize } = await statfs(small);
      await run('fallocate', ['-l', String(bavail * bsize - 100 * 1024 ** 2), join(small, 'filler')]);
      await expect.poll(() => track(caller, 'Without room'), { timeout: 20_000, interval: 500 }).toBe(503);
      expect((await caller.get('/readyz')).body).toEqual({ ready: true, ingest: false, dashboard: true });
      expect(await names(caller)).toContain('With room');
      await rm(join(small, 'filler'));
      await expect.poll(() => track(caller, 'Room again'), { timeout: 20_000, interval: 500 }).toBe(200);
      await expect.poll(() => names(caller), { timeout: 10_000 }).toContain('Room again');
      expect((await one.end('SIGTERM')).code).toBe(0);
    } finally {
      // Also when the server still holds it.
      await run('umount', ['-l', small]);
    }
  });

  it('says that there is no space', async (context) => {
    const small = await server.newFolder();
    if (!(await mountSmall(small, '20m'))) context.skip('a small file system cannot be mounted here');
    try {
      await expectRefusal(
        await server.start({ dataFolder: small }).started,
        /^There are less than 200 MB free for .*Nothing was changed\.$/,
      );
    } finally {
      await run('umount', [small]);
    }
  });
});

describe('npm start', () => {
  it('on a Node that is too old says which one is needed', async () => {
    const prepare = resolve(import.meta.dirname, '../../../../scripts/prepare.mjs');
    const script = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.0' } });
      import(process.argv[1]).then(({ checkNode }) => checkNode());`;
    await expect(run(process.execPath, ['-e', script, prepare])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Gangway needs Node 20\.19 or newer; this is 18\.19\.0\./),
    });
  });
});
