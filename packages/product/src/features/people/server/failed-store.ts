import type { Scope } from '../../../kernel/scope.ts';
import { toOutbox } from '../../../pipeline/outbox.ts';
import { refusedBody, tryAgain } from '../../../pipeline/refused-event.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { type FailedRow, failed, outbox } from '../../../pipeline/tables.ts';
import type { SqlReader } from '../../../ports/db/db.ts';
import type { Services } from '../../../ports/http/route.ts';
import type { FailedAnswer, FailedEvent, FailedFilter, ReplayAnswer } from '../contract.ts';

/** One call takes no more, so that a transaction stays short. */
const mostAtOnce = 1_000;
/** Rows that an export reads at a time. */
const pageSize = 500;

interface FailedRecord extends Omit<FailedRow, 'workspace' | 'environment' | 'receivedAt'> {
  readonly received_at: Date;
}

/** The condition of a filter, with the values that it names. */
function conditions(scope: Scope, filter: FailedFilter): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [scope.workspace, scope.environment];
  const parts = ['workspace = $1', 'environment = $2'];
  const add = (text: (place: string) => string, value: unknown) => {
    values.push(value);
    parts.push(text(`$${values.length}`));
  };
  if (filter.stage !== undefined) add((place) => `stage = ${place}`, filter.stage);
  if (filter.reason !== undefined) add((place) => `split_part(reason, ':', 1) = ${place}`, filter.reason);
  if (filter.from !== undefined) add((place) => `received_at >= to_timestamp(${place}::double precision / 1000)`, filter.from);
  if (filter.to !== undefined) add((place) => `received_at < to_timestamp(${place}::double precision / 1000)`, filter.to);
  if (filter.search) add((place) => `position(lower(${place}) in lower(body::text)) > 0`, filter.search);
  return { text: parts.join(' and '), values };
}

/** A page of failed events, newest first, how many match, and the reasons of all that are kept. */
export async function listFailed(
  sql: SqlReader,
  scope: Scope,
  input: { filter: FailedFilter; offset: number; limit: number },
): Promise<FailedAnswer> {
  const { text, values } = conditions(scope, input.filter);
  const place = values.length;
  const rows = await sql.read<FailedRecord>(
    scope,
    `select id, stage, reason, path, received_at, body from failed_events where ${text} order by received_at desc, id limit $${place + 1} offset $${place + 2}`,
    [...values, input.limit, input.offset],
  );
  const [counted] = await sql.read<{ total: number }>(scope, `select count(*)::int as total from failed_events where ${text}`, values);
  const reasons = await sql.read<{ reason: string; count: number }>(
    scope,
    `select split_part(reason, ':', 1) as reason, count(*)::int as count from failed_events where workspace = $1 and environment = $2 group by 1 order by 2 desc, 1 limit 100`,
    [scope.workspace, scope.environment],
  );
  return { events: rows.map(toFailedEvent), total: counted?.total ?? 0, reasons };
}

function toFailedEvent(row: FailedRecord): FailedEvent {
  const { id, stage, reason, path, received_at, body } = row;
  return { id, stage, reason, path, receivedAt: received_at.getTime(), body: refusedBody({ stage, body }) };
}

/** Every failed event that matches, newest first. Resolves with the first page read: what cannot be asked is refused before a file begins. */
export async function everyFailed(sql: SqlReader, scope: Scope, filter: FailedFilter): Promise<AsyncIterable<FailedEvent>> {
  const { text, values } = conditions(scope, filter);
  const read = (last?: FailedRecord) => {
    const further = last ? ` and (received_at, id) < ($${values.length + 1}, $${values.length + 2})` : '';
    return sql.read<FailedRecord>(
      scope,
      `select id, stage, reason, path, received_at, body from failed_events where ${text}${further} order by received_at desc, id desc limit ${pageSize}`,
      [...values, ...(last ? [last.received_at, last.id] : [])],
    );
  };
  return pages(await read(), read);
}

async function* pages(
  first: readonly FailedRecord[],
  read: (last: FailedRecord) => Promise<readonly FailedRecord[]>,
): AsyncGenerator<FailedEvent> {
  for (let rows = first; ; ) {
    for (const row of rows) yield toFailedEvent(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    rows = await read(last);
  }
}

/**
 * Tries failed events again. Those that pass leave the list and are on their way to the log in one transaction;
 * the others stay, and the answer says why.
 */
export async function replayFailed(
  services: Services,
  scope: Scope,
  wanted: { readonly ids: readonly string[] } | { readonly filter: FailedFilter },
): Promise<ReplayAnswer> {
  const { db, sql, clock, signal } = services;
  const chosen = 'ids' in wanted ? { ids: wanted.ids, total: wanted.ids.length } : await chooseIds(sql, scope, wanted.filter);
  const door = await services.door(scope);
  const refused: ReplayAnswer['refused'][number][] = [];
  const passed = await db.transaction({ as: 'request', scope }, async (tx) => {
    refused.length = 0;
    await tx.lock([`replay:${scope.environment}`]);
    const rows = await tx.get(
      failed,
      [...new Set(chosen.ids)].map((id) => ({ id, ...scopeColumns(scope) })),
    );
    const good = rows.flatMap((row) => {
      const again = tryAgain(row, scope, door);
      if ('entry' in again) return [{ row, entry: again.entry }];
      refused.push({ id: row.id, ...again.refusal });
      return [];
    });
    // One message id may have failed twice; once in the log is enough for both.
    const entries = [...new Map(good.map(({ entry }) => [entry.id, entry])).values()];
    await tx.insertNew(outbox, toOutbox(entries, clock.now()));
    await tx.remove(
      failed,
      good.map(({ row }) => ({ id: row.id, ...scopeColumns(scope) })),
    );
    return good.length;
  });
  if (passed > 0) signal.publish('outbox', {});
  return { passed, refused, left: Math.max(0, chosen.total - chosen.ids.length) };
}

async function chooseIds(sql: SqlReader, scope: Scope, filter: FailedFilter): Promise<{ ids: string[]; total: number }> {
  const { text, values } = conditions(scope, filter);
  // Oldest first: what is tried again keeps its order.
  const rows = await sql.read<{ id: string; total: number }>(
    scope,
    `select id, (count(*) over ())::int as total from failed_events where ${text} order by received_at, id limit ${mostAtOnce}`,
    values,
  );
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
}
