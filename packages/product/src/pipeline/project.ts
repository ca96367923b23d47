import { type AcceptedEvent, eventName, propertiesOf } from '../kernel/event.ts';
import { scopeKey } from '../kernel/scope.ts';
import { ScopeMap } from '../kernel/scope-map.ts';
import type { Db } from '../ports/db/db.ts';
import type { EventLog, LogBatch } from '../ports/event-log/event-log.ts';
import type { Signal } from '../ports/signal/signal.ts';
import type { Merge, Warehouse, WarehouseRow } from '../ports/warehouse/warehouse.ts';
import { resolutions } from './tables.ts';
import type { ResolvedEntry } from './working-set.ts';

/** Batches that one write to the warehouse takes, and entries after which it takes no further batch: more would block the thread. */
const batchesATime = 50;
const entriesATime = 5_000;

/**
 * Stage 8: what was applied becomes warehouse rows. A reader with its own position, kept by the warehouse itself
 * in the same transaction as the rows, so that dropping the warehouse starts it over. False when there was
 * nothing to do.
 */
export async function projectNext(
  deps: { db: Db; log: EventLog; warehouse: Warehouse; signal: Signal },
  partition: number,
): Promise<boolean> {
  const after = await deps.warehouse.position(partition);
  // Only as far as stage 3 has come; what waits for it is not read, which may be a hundred times as much.
  const resolved = await readResolutions(deps.db, partition, after);
  if (resolved.size === 0) return false;
  const batches = await deps.log.read(partition, after, resolved.size, entriesATime);
  // A batch without a resolution was not applied yet.
  const ready = takeWhile(batches, (batch) => resolved.has(batch.position));
  const last = ready.at(-1);
  if (!last) return false;
  const found: Projected = { keys: new ScopeMap(), rows: [], merges: [] };
  for (const batch of ready) {
    for (const one of resolved.get(batch.position) ?? []) {
      for (const outcome of one.each ?? [one]) collect(batch, outcome, found);
    }
  }
  await deps.warehouse.write({ partition, position: last.position, rows: found.rows, merges: found.merges });
  deps.signal.publish('projected', { partition, position: last.position });
  return true;
}

/** Rows of resolutions that are read at a time: each is parsed, so none is read that a write would not take. */
const resolutionsATime = 10;

/** What the next batches that were applied came to, by position: about as many as one write takes. */
async function readResolutions(db: Db, partition: number, after: number): Promise<Map<number, ResolvedEntry[]>> {
  const found = new Map<number, ResolvedEntry[]>();
  await db.transaction({ as: 'system' }, async (tx) => {
    let [from, entries, more] = [after, 0, true];
    while (more && found.size < batchesATime && entries < entriesATime) {
      const next = { where: { partition }, after: from, orderBy: ['position'], limit: resolutionsATime } as const;
      const rows = await tx.list(resolutions, next);
      for (const row of rows) {
        const outcomes = row.rows as unknown as ResolvedEntry[];
        found.set(row.position, outcomes);
        entries += outcomes.length;
        from = row.position;
      }
      more = rows.length === resolutionsATime;
    }
  });
  return found;
}

function takeWhile<T>(items: readonly T[], holds: (item: T) => boolean): T[] {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? [...items] : items.slice(0, end);
}

interface Projected {
  /** For all entries of an environment the very same text: comparing such costs nothing. */
  readonly keys: ScopeMap<string>;
  readonly rows: WarehouseRow[];
  readonly merges: Merge[];
}

function collect(batch: LogBatch, outcome: ResolvedEntry, found: Projected): void {
  const entry = batch.entries[outcome.i];
  if (!entry || outcome.p === undefined) return;
  const scope = found.keys.of(entry.scope, scopeKey);
  if (entry.body.what === 'event' && outcome.k !== undefined) found.rows.push(eventRow(scope, entry.body.event, outcome));
  for (const [milestone, k] of outcome.m ?? []) {
    found.rows.push({
      scope,
      k,
      kind: 'milestone',
      name: milestone,
      type: '',
      person: outcome.p,
      account: outcome.a ?? null,
      // Reached once, so that this is nobody else's; short, because most rows are such where people come for the first time.
      id: `${outcome.p}:${milestone}`,
      properties: '{}',
    });
  }
  for (const { from, to } of outcome.merges ?? []) found.merges.push({ scope, from, to });
}

function eventRow(scope: string, event: AcceptedEvent, outcome: ResolvedEntry): WarehouseRow {
  return {
    scope,
    k: outcome.k ?? 0,
    kind: 'event',
    name: eventName(event),
    type: event.type,
    person: outcome.p ?? 0,
    account: outcome.a ?? null,
    id: event.messageId,
    properties: JSON.stringify(propertiesOf(event)),
  };
}
