import type { ClickHouseClient } from '@clickhouse/client';
import { Problem } from '@gangway/product/kernel/problem.ts';
import { clickhouseMigrations } from './clickhouse-schema.ts';

/** Brings a database to this version, also when two servers start together. Refuses one that a newer version has written. */
export async function migrateClickhouse(client: ClickHouseClient): Promise<void> {
  await client.command({
    query: 'create table if not exists migrations (name String, applied_at DateTime default now()) engine = MergeTree order by name',
  });
  const answer = await client.query({ query: 'select name from migrations', format: 'JSONEachRow' });
  const applied = new Set((await answer.json<{ name: string }>()).map(({ name }) => name));
  const unknown = [...applied].filter((name) => !clickhouseMigrations.some((migration) => migration.name === name));
  if (unknown.length > 0)
    throw new Problem(
      'newer_data',
      500,
      `The ClickHouse database was written by a newer version of Gangway (${unknown.join(', ')}). Start that version; nothing was changed.`,
    );
  for (const { name, statements } of clickhouseMigrations) {
    if (applied.has(name)) continue;
    for (const query of statements) await client.command({ query });
    await client.insert({ table: 'migrations', values: [{ name }], format: 'JSONEachRow' });
  }
}
