import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareInstallation } from '@gangway/product/features/workspace/server/first-start.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath, type Path } from '@gangway/product/pipeline/path.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createDuckdbWarehouse } from '@gangway/server/adapters/duckdb/duckdb-warehouse.ts';
import { startEmbeddedPostgres } from '@gangway/server/adapters/postgres/embedded/embedded-postgres.ts';
import { migrate } from '@gangway/server/adapters/postgres/migrate.ts';
import { createPool } from '@gangway/server/adapters/postgres/pool.ts';
import { createPostgresDb, type StatementCounter } from '@gangway/server/adapters/postgres/postgres-db.ts';
import { createPostgresEventLog } from '@gangway/server/adapters/postgres/postgres-event-log.ts';
import { domains } from '@gangway/server/domains.ts';
import { createServices } from '@gangway/server/services.ts';
import { sha256 } from '@gangway/server/sha256.ts';

/** The path on a PostgreSQL and a DuckDB of its own, in this process and without HTTP: its steps can be measured one by one. */
export interface BenchPath {
  readonly path: Path;
  readonly db: Db;
  readonly services: Services;
  readonly scope: Scope;
  /** The role that owns the tables: no row-level security, COPY allowed. */
  readonly databaseUrl: string;
  /** Process id of PostgreSQL's first process. */
  readonly postmaster: number;
  /** Publishes definitions and applies what that leads to. */
  publish(slice: string, definitions: readonly { readonly id: string; readonly body: unknown }[]): Promise<void>;
  remove(): Promise<void>;
}

/** @param statements counts what the path and its readers ask PostgreSQL */
export async function openBenchPath(statements?: StatementCounter): Promise<BenchPath> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-bench-'));
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataFolder: folder });
  const pool = createPool(postgres.url);
  await migrate(pool);
  const warehouse = await createDuckdbWarehouse({ path: join(folder, 'bench.duckdb') });
  const clock = { now: () => Date.now() };
  const db = createPostgresDb(pool, statements);
  const log = createPostgresEventLog(pool, { clock, kept: 24_000_000 });
  const ports = { db, log, warehouse, courier: createMemoryCourier(), files: createMemoryFiles(), signal: createMemorySignal() };
  const path = createPath({ ports, domains, clock, digest: sha256, report: (error) => console.error(error) });
  const preset = { ports, sql: db, masterKey: Buffer.alloc(32, 1), mailbox: async () => [], close: async () => undefined };
  const services = createServices(preset, { clock, origin: () => 'http://bench' });
  const installation = await prepareInstallation(services, { email: 'bench@example.com', name: 'Bench', timezone: 'UTC' });
  const environment = installation.environments[0];
  if (!environment) throw new Error('no environment');
  const scope = { workspace: environment.workspace, environment: environment.id };
  return {
    path,
    db,
    services,
    scope,
    databaseUrl: postgres.url,
    postmaster: Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n', 1)[0]),
    async publish(slice, definitions) {
      for (const { id, body } of definitions) {
        const author = { scope, slice, id, by: 'bench', now: clock.now() };
        await db.transaction({ as: 'system' }, async (tx) => {
          await saveDraft(tx, author, { body: body as Json, revision: 0 });
          await publish(tx, author, { revision: 1, everyone: false });
        });
      }
      while (await path.relay());
      while (await path.apply(0));
    },
    async remove() {
      await warehouse.close();
      await pool.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The bodies of milestones with the rules of {@link liveRules}. */
export function milestoneOf({ id, rule }: { readonly id: string; readonly rule: unknown }): { id: string; body: unknown } {
  return { id, body: { name: id, description: '', subject: 'person', rule, role: 'progress' } };
}
