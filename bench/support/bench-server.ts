import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IngestionAnswer } from '@gangway/product/features/people/contract.ts';
import type { SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
import { type ServerProcess, signIn, startServerProcess } from '../../e2e/support/server-process.ts';

/** A server of its own for one measurement, on a folder of its own, with the owner's session. */
export interface BenchServer {
  readonly server: ServerProcess;
  /** Its data. */
  readonly folder: string;
  readonly environment: string;
  readonly writeKey: string;
  readonly databaseUrl: string;
  /** Process id of PostgreSQL's first process. */
  readonly postmaster: number;
  ask<T>(path: string, body?: unknown, method?: string): Promise<T>;
  ingestion(): Promise<IngestionAnswer>;
  /** Resident memory of the server process, megabytes. */
  memory(): Promise<number>;
  remove(): Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-bench-'));
  await chmod(folder, 0o755);
  const server = await startServerProcess(folder, { DEMO: 'off' });
  const cookie = await signIn(server);
  const ask = async <T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(new URL(path, server.dashboard), {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...init,
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const session = await ask<SessionAnswer>('/api/session');
  const production = session.environments.find((each) => each.kind === 'production');
  const environment = production?.id ?? '';
  return {
    server,
    folder,
    environment,
    writeKey: production?.writeKey ?? '',
    ...(await findDatabase(folder)),
    ask,
    ingestion: () => ask<IngestionAnswer>(`/api/e/${environment}/ingestion`),
    memory: async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findDatabase(folder: string): Promise<{ databaseUrl: string; postmaster: number }> {
  const password = (await readFile(join(folder, 'postgres.password'), 'utf8')).trim();
  const [pid, , , port] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  return { databaseUrl: `postgres://gangway:${password}@127.0.0.1:${port}/gangway`, postmaster: Number(pid) };
}

/** The value below which a share of the values lies; of sorted copies, nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
