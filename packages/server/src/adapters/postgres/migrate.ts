import { Problem } from '@gangway/product/kernel/problem.ts';
import type pg from 'pg';
import { firstSchema } from './migrations/0001-first-schema.ts';
import { importsSchema } from './migrations/0002-imports.ts';
import { identitySchema } from './migrations/0003-identity.ts';
import { preparationsSchema } from './migrations/0004-preparations.ts';
import { varietySchema } from './migrations/0005-variety.ts';
import { conflictsSchema } from './migrations/0006-conflicts.ts';
import { serversSchema } from './migrations/0007-servers.ts';
import { mergesSchema } from './migrations/0010-merges.ts';
import { erasuresSchema } from './migrations/0011-erasures.ts';
import { standingsBySubject } from './migrations/0021-standings-by-subject.ts';
import { documentsAsTheyAre } from './migrations/0022-documents-as-they-are.ts';
import { backtestsSchema } from './migrations/0023-backtests.ts';
import { decisionsSchema } from './migrations/0024-decisions.ts';
import { peopleInPlace } from './migrations/0025-people-in-place.ts';
import { erasureClaimsSchema } from './migrations/0031-erasure-claims.ts';
import { peopleLeft } from './migrations/0032-people-left.ts';
import { milestonesCounted } from './migrations/0034-milestones-counted.ts';
import { keysById } from './migrations/0035-keys-by-id.ts';
import { importSeparators } from './migrations/0038-import-separators.ts';
import { peopleById } from './migrations/0044-people-by-id.ts';
import { batchesAsRows } from './migrations/0045-batches-as-rows.ts';
import { eventsByDigest } from './migrations/0050-events-by-digest.ts';
import { roles } from './postgres-db.ts';

/** In order, forward only. A name never changes meaning once it was released. */
const migrations = [
  { name: '0001-first-schema', text: firstSchema },
  { name: '0002-imports', text: importsSchema },
  { name: '0003-identity', text: identitySchema },
  { name: '0004-preparations', text: preparationsSchema },
  { name: '0005-variety', text: varietySchema },
  { name: '0006-conflicts', text: conflictsSchema },
  { name: '0007-servers', text: serversSchema },
  { name: '0010-merges', text: mergesSchema },
  { name: '0011-erasures', text: erasuresSchema },
  { name: '0021-standings-by-subject', text: standingsBySubject },
  { name: '0022-documents-as-they-are', text: documentsAsTheyAre },
  { name: '0023-backtests', text: backtestsSchema },
  { name: '0024-decisions', text: decisionsSchema },
  { name: '0025-people-in-place', text: peopleInPlace },
  { name: '0031-erasure-claims', text: erasureClaimsSchema },
  { name: '0032-people-left', text: peopleLeft },
  { name: '0034-milestones-counted', text: milestonesCounted },
  { name: '0035-keys-by-id', text: keysById },
  { name: '0038-import-separators', text: importSeparators },
  { name: '0044-people-by-id', text: peopleById },
  { name: '0045-batches-as-rows', text: batchesAsRows },
  { name: '0050-events-by-digest', text: eventsByDigest },
] as const;

/**
 * Brings a database to this version: each migration in a transaction of its own, once, also when two servers
 * start together. Refuses a database that a newer version has written.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock(4713)');
    await client.query('create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())');
    const applied = new Set((await client.query('select name from migrations')).rows.map((row: { name: string }) => row.name));
    refuseNewer(applied);
    for (const { name, text } of migrations) {
      if (applied.has(name)) continue;
      await client.query('begin');
      await client.query(text);
      await client.query('insert into migrations (name) values ($1)', [name]);
      await client.query('commit');
    }
    await secure(client);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock(4713)').catch(() => undefined);
    client.release();
  }
}

function refuseNewer(applied: ReadonlySet<string>): void {
  const unknown = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new Problem(
    'newer_data',
    500,
    `This data was written by a newer version of Gangway (${unknown.join(', ')}). Start that version; nothing was changed.`,
  );
}

/**
 * The second wall: two roles that own nothing, and on every table that has a workspace a policy that lets a
 * request see its own tenant only. Derived from the catalogue, so a new table cannot be forgotten.
 */
async function secure(client: pg.PoolClient): Promise<void> {
  await client.query('begin');
  for (const role of Object.values(roles)) await createRole(client, role);
  await client.query(`grant usage on schema public to ${roles.request}, ${roles.system}`);
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${roles.system}`);
  const { rows } = await client.query(`
    select table_name as name, bool_or(column_name = 'environment') as environment
    from information_schema.columns where table_schema = 'public'
    group by table_name having bool_or(column_name = 'workspace')`);
  for (const table of rows as { name: string; environment: boolean }[]) await protect(client, table);
  await client.query('commit');
}

async function createRole(client: pg.PoolClient, role: string): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
    execute format('grant ${role} to %I', current_user);
  end $$`);
}

async function protect(client: pg.PoolClient, table: { name: string; environment: boolean }): Promise<void> {
  const name = `"${table.name}"`;
  const own = [
    `workspace = current_setting('gangway.workspace', true)`,
    ...(table.environment ? [`environment = current_setting('gangway.environment', true)`] : []),
  ].join(' and ');
  await client.query(`alter table ${name} enable row level security; alter table ${name} force row level security`);
  await client.query(`grant select, insert, update, delete on ${name} to ${roles.request}`);
  await client.query(
    `drop policy if exists own_tenant on ${name}; create policy own_tenant on ${name} to ${roles.request} using (${own}) with check (${own})`,
  );
  await client.query(
    `drop policy if exists machine on ${name}; create policy machine on ${name} to ${roles.system} using (true) with check (true)`,
  );
}
