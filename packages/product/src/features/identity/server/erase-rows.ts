import { isObject, type Json } from '../../../kernel/json.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { refusedBody } from '../../../pipeline/refused-event.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { deliveries, failed } from '../../../pipeline/tables.ts';
import { linkRow } from '../../../pipeline/working-set.ts';
import type { ColumnType, Db, SqlReader, Table, Tx } from '../../../ports/db/db.ts';
import { erasures } from './tables.ts';
import type { Trace } from './trace.ts';

/** Source tables that other slices keep with a person in a column of its own. */
export interface PersonTable {
  readonly name: string;
  readonly kind: 'source' | 'derived';
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly key: readonly string[];
}

interface Rows {
  readonly db: Db;
  readonly sql: SqlReader;
  readonly scope: Scope;
  readonly trace: Trace;
}

/** What of whom a table keeps. */
interface Kept {
  readonly table: Table<object>;
  readonly where: object;
}

/** Where other slices keep something of a person under their id, whoever declared the table. */
function keptUnderId(tables: readonly PersonTable[], people: readonly string[]): Kept[] {
  // The record of the deletion names the number, and nobody.
  const source = tables.filter(({ kind, name, columns }) => kind === 'source' && 'environment' in columns && name !== erasures.name);
  return source.flatMap((declared): Kept[] => {
    const table = declared as unknown as Table<object>;
    if ('person' in declared.columns) return people.map((person) => ({ table, where: { person } }));
    return 'subject' in declared.columns ? people.map((id) => ({ table, where: { subject: `person:${id}` } })) : [];
  });
}

/** What other slices keep of them under their id, by table. */
export async function theirRows({ db, scope, trace }: Rows, tables: readonly PersonTable[]): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  await db.transaction({ as: 'request', scope }, async (tx) => {
    for (const { table, where } of keptUnderId(tables, trace.people)) {
      const rows = await tx.list(table, { where: { ...scopeColumns(scope), ...where } });
      if (rows.length > 0) found[table.name] = [...(found[table.name] ?? []), ...rows];
    }
  });
  return found;
}

/**
 * Removes refused events and messages that are theirs, and what other slices keep of them under their id.
 *
 * @param count notes how many there were, together with the removal
 */
export async function eraseRows(
  rows: Rows,
  tables: readonly PersonTable[],
  count: (tx: Tx, removed: { failed: number; messages: number }) => Promise<void>,
): Promise<void> {
  const { db, scope, trace } = rows;
  const [refused, messages] = [await theirFailed(rows), await theirMessages(rows)];
  await db.transaction({ as: 'request', scope }, async (tx) => {
    const removed = {
      failed: await tx.remove(
        failed,
        refused.map(({ id }) => ({ id, ...scopeColumns(scope) })),
      ),
      messages: await tx.remove(
        deliveries,
        messages.map(({ key }) => ({ key, ...scopeColumns(scope) })),
      ),
    };
    for (const { table, where } of keptUnderId(tables, trace.people))
      await tx.remove(table, await tx.list(table, { where: { ...scopeColumns(scope), ...where } }));
    await count(tx, removed);
  });
}

/** Failed events that name one of their ids or addresses. */
export async function theirFailed({ sql, scope, trace }: Rows): Promise<{ id: string; body: unknown }[]> {
  const ids = trace.links.map((link) => linkRow(scope, link).value);
  const found = await sql.read<{ id: string; stage: 'accept' | 'apply'; body: Json }>(
    scope,
    `select id, stage, body from failed_events where workspace = $1 and environment = $2
     and exists (select from unnest($3::text[]) as v where position(lower(v) in lower(body::text)) > 0)`,
    [scope.workspace, scope.environment, [...ids, ...trace.emails]],
  );
  return found.map((row) => ({ id: row.id, body: refusedBody(row) })).filter(({ body }) => names(body, ids, trace.emails));
}

/** Whether an event, or what is kept of it, is about them: an id of theirs in its place, or an address anywhere. */
function names(body: unknown, ids: readonly string[], emails: readonly string[]): boolean {
  const text = (typeof body === 'string' ? body : JSON.stringify(body)).toLowerCase();
  if (emails.some((email) => text.includes(email))) return true;
  // Too large to be kept whole: no member can be looked at, so any mention counts.
  if (!isObject(body)) return ids.some((id) => text.includes(JSON.stringify(id).toLowerCase()));
  const said = [body.userId, body.anonymousId, body.previousId].map(String);
  return ids.some((id) => said.includes(id));
}

/** Messages to their addresses, sent or waiting. */
export async function theirMessages({ sql, scope, trace }: Rows): Promise<{ key: string; message: Json }[]> {
  if (trace.emails.length === 0) return [];
  return sql.read(
    scope,
    `select key, message from deliveries where workspace = $1 and environment = $2 and lower(message->>'to') = any($3)`,
    [scope.workspace, scope.environment, trace.emails],
  );
}

/** Plans and other published or drafted things that name one of their addresses: people wrote these, and must mend them. */
export async function mentionsOf({ sql, scope, trace }: Rows): Promise<{ slice: string; id: string }[]> {
  if (trace.emails.length === 0) return [];
  return sql.read(
    scope,
    `select distinct slice, definition as id from (
       select workspace, environment, slice, definition, body from definition_versions
       union all select workspace, environment, slice, definition, body from definition_drafts) d
     where workspace = $1 and environment = $2 and exists (select from unnest($3::text[]) as e where position(e in lower(body::text)) > 0)
     order by 1, 2`,
    [scope.workspace, scope.environment, trace.emails],
  );
}
