import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IngestionAnswer } from '@gangway/product/features/people/contract.ts';
import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import type { SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
import { createDuckdbWarehouse } from '@gangway/server/adapters/duckdb/duckdb-warehouse.ts';
import { type ServerProcess, signIn, startServerProcess } from '../support/server-process.ts';
import { createRandom, type Random } from './random.ts';

/** So long the backlog may stand still. */
const stallMs = 30_000;

/** What the client knows: everything it sent, and what was answered with 2xx. */
interface Ledger {
  readonly offered: Set<string>;
  readonly acknowledged: Set<string>;
}

interface Result {
  readonly lost: number;
  readonly doubled: number;
  readonly failed: number;
}

/**
 * A client that never stops sending against a server that is killed again and again, sometimes together with its
 * PostgreSQL. At the end everything that was offered is sent once more, and the accountant compares.
 */
export async function killLoop(seed: number, rounds: number): Promise<Result> {
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'gangway-kill-'));
  // Reachable for the user as whom PostgreSQL runs.
  await chmod(folder, 0o755);
  const ledger: Ledger = { offered: new Set(), acknowledged: new Set() };
  let failed = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      const server = await startServerProcess(folder, { DEMO: 'off' });
      const key = await writeKey(server);
      const sending = sendUntilDead(server, { key, random, ledger, round });
      await sleep(300 + random.below(1500));
      await killHard(server, folder, random.chance(0.3));
      await sending;
      console.log(`round ${round} of ${rounds}: ${ledger.offered.size} offered, ${ledger.acknowledged.size} acknowledged`);
    }
    const result = await account(folder, ledger);
    failed += result.failed;
    return { ...result, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function killHard(server: ServerProcess, folder: string, withPostgres: boolean): Promise<void> {
  const gone = once(server.child, 'exit');
  server.child.kill('SIGKILL');
  if (withPostgres) {
    const pid = Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n', 1)[0]);
    process.kill(pid, 'SIGKILL');
  }
  await gone;
}

async function writeKey(server: ServerProcess): Promise<string> {
  const session = await ask<SessionAnswer>(server, await signIn(server), '/api/session');
  return session.environments.find((environment) => environment.kind === 'production')?.writeKey ?? '';
}

async function ask<T>(server: ServerProcess, cookie: string, path: string): Promise<T> {
  const answer = await fetch(new URL(path, server.dashboard), { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as T;
}

interface Client {
  readonly key: string;
  readonly random: Random;
  readonly ledger: Ledger;
  readonly round: number;
}

/** Four senders side by side, until the server no longer answers. */
async function sendUntilDead(server: ServerProcess, client: Client): Promise<void> {
  const { round, random } = client;
  const sendOn = async (sender: number) => {
    for (let turn = 0; server.child.exitCode === null && server.child.signalCode === null; turn++) {
      const ids = Array.from({ length: 1 + random.below(40) }, (_, index) => `r${round}-s${sender}-${turn}-${index}`);
      // Now and then what was sent before comes again, as a client that saw no answer would send it.
      const again = random.chance(0.2) ? [...client.ledger.offered].slice(-5) : [];
      if (!(await post(server, client, [...ids, ...again]))) return;
    }
  };
  await Promise.all([0, 1, 2, 3].map(sendOn));
}

/**
 * Sends as a client does: what is refused for the moment (429, 503) is sent again after the time that the answer names.
 * @returns false when nobody answered
 * @throws {Error} for any other refusal: nothing that is sent here is wrong
 */
async function post(server: ServerProcess, { key, ledger }: Pick<Client, 'key' | 'ledger'>, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) ledger.offered.add(id);
  const batch = ids.map((messageId) => ({ type: 'track', event: 'Tick', messageId, userId: userOf(messageId) }));
  const body = JSON.stringify({ writeKey: key, batch });
  for (;;) {
    const answer = await send(server, body);
    if (!answer) return false;
    if (answer.status === 200) {
      for (const id of ids) ledger.acknowledged.add(id);
      return true;
    }
    if (answer.status !== 429 && answer.status !== 503) throw new Error(`a batch was answered with ${answer.status}: ${answer.text}`);
    await sleep(answer.retryAfterMs);
  }
}

/** `undefined` when the connection broke, before the answer or within it. */
async function send(server: ServerProcess, body: string): Promise<{ status: number; text: string; retryAfterMs: number } | undefined> {
  try {
    const answer = await fetch(new URL('/v1/batch', server.dashboard), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const retryAfterMs = 1000 * Number(answer.headers.get('retry-after') ?? 1);
    return { status: answer.status, text: await answer.text(), retryAfterMs };
  } catch {
    return undefined;
  }
}

/** Of a thousand people: so many that none of them comes to the bound of one person, however fast the machine sends. */
function userOf(messageId: string): string {
  return `u${createHash('sha256').update(messageId).digest().readUInt32BE() % 1000}`;
}

/** A ⊆ S · R = |S| · S ⊆ O · after everything was sent again: S = O, and the counters say so too. */
async function account(folder: string, ledger: Ledger): Promise<Result> {
  const server = await startServerProcess(folder, { DEMO: 'off' });
  const cookie = await signIn(server);
  const key = await writeKeyOf(server, cookie);
  const before = await settled(server, cookie, key.environment);
  const missing = before.applied < ledger.acknowledged.size ? ledger.acknowledged.size - before.applied : 0;
  const all = [...ledger.offered];
  for (let at = 0; at < all.length; at += 500) {
    if (!(await post(server, { key: key.writeKey, ledger }, all.slice(at, at + 500)))) throw new Error('nobody answers the last sending');
  }
  const after = await settled(server, cookie, key.environment);
  const code = await server.stop();
  const stored = await readStored(folder, key.scope);
  const unique = new Set(stored);
  const lost = [...ledger.acknowledged].filter((id) => !unique.has(id)).length + missing;
  const foreign = stored.filter((id) => !ledger.offered.has(id)).length;
  const complaints = [
    ...(unique.size === ledger.offered.size ? [] : [`stored ${unique.size} of ${ledger.offered.size} offered`]),
    ...(after.applied === ledger.offered.size ? [] : [`the counter says ${after.applied}, offered were ${ledger.offered.size}`]),
    ...(after.balanced ? [] : ['the sums do not add up']),
    ...(foreign === 0 ? [] : [`${foreign} events were never offered`]),
    ...(code === 0 ? [] : [`the last stop exited with ${code}`]),
  ];
  for (const complaint of complaints) console.log(complaint);
  return { lost, doubled: stored.length - unique.size, failed: complaints.length };
}

async function writeKeyOf(server: ServerProcess, cookie: string): Promise<{ writeKey: string; environment: string; scope: string }> {
  const session = await ask<SessionAnswer>(server, cookie, '/api/session');
  const environment = session.environments.find((each) => each.kind === 'production');
  if (!environment) throw new Error('there is no production environment');
  return { writeKey: environment.writeKey, environment: environment.id, scope: `${session.workspace.id}/${environment.id}` };
}

/** Waits until nothing waits to be applied, as long as what waits gets less. */
async function settled(server: ServerProcess, cookie: string, environment: string): Promise<IngestionAnswer> {
  let least = Number.POSITIVE_INFINITY;
  let patience = Date.now() + stallMs;
  for (;;) {
    const ingestion = await ask<IngestionAnswer>(server, cookie, `/api/e/${environment}/ingestion`);
    if (ingestion.waiting === 0) return ingestion;
    if (ingestion.waiting < least) {
      least = ingestion.waiting;
      patience = Date.now() + stallMs;
    }
    if (Date.now() > patience) throw new Error(`${least} events still wait; nothing moved for ${stallMs / 1000} s`);
    await sleep(100);
  }
}

/** The warehouse, read after the server has let go of it. What it had not projected yet it projects before it stops being asked. */
async function readStored(folder: string, scope: string): Promise<string[]> {
  const warehouse = await createDuckdbWarehouse({ path: join(folder, 'warehouse', 'gangway.duckdb') });
  const rows = await warehouse.run(recentEvents, { scope, limit: 10_000_000 });
  await warehouse.close();
  return rows.map((row) => row.id);
}
