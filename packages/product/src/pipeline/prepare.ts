import type { Entry } from '../kernel/entry.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Tx } from '../ports/db/db.ts';
import type { Needs } from './fact-index.ts';
import { toOutbox } from './outbox.ts';
import { type PreparationRow, preparations } from './preparation-tables.ts';
import { scopeColumns } from './registry.ts';
import { outbox } from './tables.ts';

/**
 * Begins to bring in the past for a version: from the entry on that this appends, what it asks for is counted and
 * copied; what lies before is read from the warehouse by {@link prepareNext}, which publishes in the end. Another
 * version of the same definition that was being prepared is given up.
 */
export async function prepare(
  tx: Tx,
  definition: { readonly scope: Scope; readonly slice: string; readonly id: string; readonly now: number },
  input: { readonly version: number; readonly needs: Needs; readonly entry: string; readonly everyone: boolean },
): Promise<void> {
  const { scope, slice, id, now } = definition;
  const { version, entry, everyone } = input;
  const needs = input.needs as unknown as JsonObject;
  const first: Entry = {
    id: `prepare:${slice}:${id}:${version}:${now}`,
    scope,
    origin: 'derived',
    depth: 0,
    body: { what: 'prepare', slice, id, version, needs },
  };
  await tx.insertNew(outbox, toOutbox([first], now));
  const row: PreparationRow = {
    ...scopeColumns(scope),
    slice,
    definition: id,
    version,
    needs,
    entry,
    everyone,
    phase: 'waiting',
    after: '',
    pass: 1,
    looked: 0,
    missing: 0,
    among: null,
    left: [],
    last: first.id,
    due: now,
  };
  await tx.put(preparations, [row]);
}
