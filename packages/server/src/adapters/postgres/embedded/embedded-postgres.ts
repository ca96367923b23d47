import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chown, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@gangway/product/kernel/problem.ts';
import pg from 'pg';
import { findRunning, forgetDead } from './orphan.ts';
import { findPlace, type Place } from './place.ts';

/** A private PostgreSQL that we started and watch. */
export interface EmbeddedPostgres {
  /** Connection URL of the application's database. */
  readonly url: string;
  /** Stops it in order: sessions end, the write-ahead log is on disk. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataFolder: string;
  /** What happens, in words for a terminal or a log. */
  readonly progress?: (text: string) => void;
  /** PostgreSQL ended by itself and could not be brought back. */
  readonly onLost?: (reason: string) => void;
}

const database = 'gangway';
const stopWithin = 8_000;

/**
 * Starts the private cluster of a data folder: makes it when it is new, ends the PostgreSQL that a killed server
 * left behind, refuses when another server owns the folder. Ownership is a session advisory lock inside
 * the cluster, so it ends with its owner, however that ends.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = await findPlace(options.dataFolder);
  const created = await exists(join(place.cluster, 'PG_VERSION'));
  const password = await readPassword(options.dataFolder, created);
  if (!created) {
    options.progress?.('Creating the database (once)');
    await initialize(place, password);
  }
  const urlAt = (port: number, name: string) => `postgres://gangway:${password}@127.0.0.1:${port}/${name}`;
  await endOrphan(place, (port) => takeOwnership(urlAt(port, 'postgres'), options.dataFolder));
  const supervisor = await launch(place, options);
  try {
    const owner = await takeOwnership(urlAt(supervisor.port, 'postgres'), options.dataFolder);
    await createDatabase(owner);
    return {
      url: urlAt(supervisor.port, database),
      stop: async () => {
        supervisor.expectEnd();
        await owner.end().catch(() => undefined);
        await stopProcess(supervisor.pid());
      },
    };
  } catch (error) {
    supervisor.expectEnd();
    await stopProcess(supervisor.pid());
    throw error;
  }
}

/**
 * Stops the PostgreSQL that a killed server left behind, so that the one we watch is our own child. Refuses when
 * a live server owns it.
 */
async function endOrphan(place: Place, own: (port: number) => Promise<pg.Client>): Promise<void> {
  const found = await findRunning(place.cluster);
  if (!found) return;
  const owner = await own(found.port);
  await owner.end();
  await stopProcess(found.pid);
}

interface Supervisor {
  readonly port: number;
  pid(): number;
  expectEnd(): void;
}

/** Starts PostgreSQL and starts it again, on the same port, when it ends unasked. */
async function launch(place: Place, options: EmbeddedOptions): Promise<Supervisor> {
  await forgetDead(place.cluster);
  const port = await freePort();
  let expected = false;
  let child = await spawnReady(place, port);
  let restarts = 0;
  const watch = () => {
    child.once('exit', async (code) => {
      if (expected) return;
      if (++restarts > 5) return options.onLost?.(`PostgreSQL ended with code ${code} for the sixth time`);
      options.progress?.(`PostgreSQL ended (code ${code}); starting it again`);
      await sleep(200 * restarts);
      if (expected) return;
      try {
        await forgetDead(place.cluster);
        child = await spawnReady(place, port);
        watch();
      } catch (error) {
        options.onLost?.(error instanceof Error ? error.message : String(error));
      }
    });
  };
  watch();
  return { port, pid: () => child.pid ?? 0, expectEnd: () => (expected = true) };
}

/** Settings for one busy owner on a small machine; durability stays as PostgreSQL ships it. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  max_wal_senders: '0',
  wal_level: 'minimal',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  // Fresh statistics soon after the first events: plans made for empty tables are slow on full ones.
  autovacuum_naptime: '5s',
  log_min_messages: 'warning',
};

/**
 * A sixteenth of what this machine or container has, 64 to 512 MB: with many people the document that an event needs
 * should lie in PostgreSQL's own memory. Pages are taken from the system when they are first used.
 */
function bufferMegabytes(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.floor(Math.min(512, Math.max(64, bytes / 16 / 2 ** 20)));
}

async function spawnReady(place: Place, port: number): Promise<ChildProcess> {
  const flags = Object.entries({ ...settings, shared_buffers: `${bufferMegabytes()}MB`, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // A process group of its own: Ctrl-C in the terminal must reach us first, and we stop it when all is written.
  const child = spawn(join(place.binaries, 'bin', 'postgres'), ['-D', place.cluster, ...flags], {
    ...place.user,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
      if (output.includes('database system is ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Problem('postgres_failed', 500, `PostgreSQL did not start (code ${code}). It said: ${lastLines(output)}`)),
    );
  });
  await ready;
  return child;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ');
}

async function initialize(place: Place, password: string): Promise<void> {
  const file = join(place.cluster, '..', `.password-${process.pid}`);
  await writeFile(file, password, { mode: 0o600 });
  if (place.user) await chown(file, place.user.uid, place.user.gid);
  const flags = [
    '--username=gangway',
    `--pwfile=${file}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(join(place.binaries, 'bin', 'initdb'), ['-D', place.cluster, ...flags], {
    ...place.user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  await rm(file, { force: true });
  if (code !== 0)
    throw new Problem('postgres_failed', 500, `The database could not be created in ${place.cluster}. initdb said: ${lastLines(output)}`);
}

/** One password for the cluster, made at its creation, readable by the owner alone. */
async function readPassword(dataFolder: string, created: boolean): Promise<string> {
  const file = join(dataFolder, 'postgres.password');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return known.trim();
  if (created)
    throw new Problem(
      'password_lost',
      500,
      `${file} is missing, and the database cannot be opened without it. Put it back from your backup; nothing was changed.`,
    );
  const password = randomBytes(24).toString('hex');
  await writeFile(file, password, { mode: 0o600, flag: 'wx' });
  return password;
}

/** Holds the lock for the life of the process. A killed owner's session may need a moment to end. */
async function takeOwnership(url: string, dataFolder: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'gangway owner', keepAlive: true });
  // Losing this connection is noticed by the supervisor, which starts PostgreSQL again.
  client.on('error', () => undefined);
  await client.connect();
  for (let attempt = 0; attempt < 10; attempt++) {
    const { rows } = await client.query('select pg_try_advisory_lock(4710) as mine');
    if (rows[0].mine) return client;
    await sleep(100);
  }
  await client.end();
  throw new Problem(
    'folder_in_use',
    500,
    `Another Gangway server is running on ${dataFolder}. Stop it first, or choose another folder with GANGWAY_DATA.`,
  );
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  if (rowCount === 0) await client.query(`create database ${database}`);
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT its last resort, after which the log is replayed. */
async function stopProcess(pid: number): Promise<void> {
  if (pid === 0 || !signalProcess(pid, 'SIGINT')) return;
  const end = Date.now() + stopWithin;
  while (signalProcess(pid, 0)) {
    if (Date.now() > end) {
      signalProcess(pid, 'SIGQUIT');
      return;
    }
    await sleep(20);
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
