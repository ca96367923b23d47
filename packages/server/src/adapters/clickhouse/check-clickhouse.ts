import type { ClickHouseClient } from '@clickhouse/client';
import { Problem } from '@gangway/product/kernel/problem.ts';

/** The oldest that is asked for; the tests run on 26.7. */
const minimumVersion = [25, 8] as const;
const rights = 'select, insert, alter delete, create table, create view, drop table, drop view';

/** Refuses a server that could not be used later: too old, or a user without the rights. Changes nothing. */
export async function checkClickhouse(client: ClickHouseClient, server: string): Promise<void> {
  const { version, database, user } = await one<{ version: string; database: string; user: string }>(
    client,
    'select version() as version, currentDatabase() as database, currentUser() as user',
  );
  if (isOlder(version))
    throw new Problem(
      'clickhouse_too_old',
      500,
      `ClickHouse at ${server} has version ${version}; ${minimumVersion.join('.')} or newer is needed. Nothing was changed.`,
    );
  const { result } = await one<{ result: number }>(client, `check grant ${rights} on ${quoted(database)}.*`);
  if (result === 1) return;
  throw new Problem(
    'clickhouse_no_rights',
    500,
    `The user ${user} lacks a right on ClickHouse at ${server}. As its administrator: grant ${rights} on ${database}.* to ${user}. Nothing was changed.`,
  );
}

async function one<Row>(client: ClickHouseClient, query: string): Promise<Row> {
  const [row] = await (await client.query({ query, format: 'JSONEachRow' })).json<Row>();
  if (row === undefined) throw new Error('what listens there does not answer as ClickHouse does');
  return row;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < minimumVersion[0] || (major === minimumVersion[0] && minor < minimumVersion[1]);
}

function quoted(name: string): string {
  return `\`${name.replace(/[\\`]/g, (character) => `\\${character}`)}\``;
}
