import { type AcceptedEvent, eventName, propertiesOf } from '../kernel/event.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
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
  const found: Projected = { keyOf: scopeKeys(), rows: [], merges: [] };
  for (const batch of ready) {
    for (const one of resolved.get(batch.position) ?? []) {
      for (const outcome of one.each ?? [one]) collect(batch, outcome, found);
    }
  }
  await deps.warehouse.write({ partition, position: last.position, rows: found.rows, merges: found.merges });
  deps.signal.publish('projected', { partition, position: last.position });
  return true;
}

/** The next batches that were applied, by position. */
async function readResolutions(db: Db, partition: number, after: number): Promise<Map<number, ResolvedEntry[]>> {
  const next = { where: { partition }, after, orderBy: ['position'], limit: batchesATime } as const;
  const rows = await db.transaction({ as: 'system' }, (tx) => tx.list(resolutions, next));
  return new Map(rows.map((row) => [row.position, row.rows as unknown as ResolvedEntry[]]));
}

function takeWhile<T>(items: readonly T[], holds: (item: T) => boolean): T[] {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? [...items] : items.slice(0, end);
}

interface Projected {
  readonly keyOf: (scope: Scope) => string;
  readonly rows: WarehouseRow[];
  readonly merges: Merge[];
}

/** Tells {@link scopeKey}, for all entries of an environment the very same text: comparing such costs nothing. */
function scopeKeys(): (scope: Scope) => string {
  const keys = new Map<string, string>();
  let [last, key]: [Scope | undefined, string] = [undefined, ''];
  return (scope) => {
    if (scope === last) return key;
    const made = scopeKey(scope);
    [last, key] = [scope, keys.get(made) ?? made];
    keys.set(key, key);
    return key;
  };
}

function collect(batch: LogBatch, outcome: ResolvedEntry, found: Projected): void {
  const entry = batch.entries[outcome.i];
  if (!entry || outcome.p === undefined) return;
  const scope = found.keyOf(entry.scope);
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
