import { type DuckDBConnection, listValue } from '@duckdb/node-api';
import type { Merge, WarehouseBatch, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { overridesOf } from './person-overrides.ts';
import type { WriterMemory } from './writer-memory.ts';

/** What the transaction brings: the positions that it reaches, the rows, and the number of each row's word. */
export interface WrittenRows {
  readonly positions: ReadonlyMap<number, number>;
  readonly rows: readonly WarehouseRow[];
  readonly words: readonly number[];
}

/** Writes the batches whose positions are new, in the transaction that is open. */
export async function writeBatches(
  writer: DuckDBConnection,
  memory: WriterMemory,
  batches: readonly WarehouseBatch[],
): Promise<WrittenRows> {
  const positions = new Map<number, number>();
  const fresh = batches.filter(({ partition, position }) => {
    if (position <= (positions.get(partition) ?? memory.positions.get(partition) ?? 0)) return false;
    positions.set(partition, position);
    return true;
  });
  const rows = fresh.flatMap((batch) => batch.rows);
  const words = rows.map((row) => memory.words.numberOf(row, (scope) => memory.scopes.numberOf(scope)));
  await appendRows(writer, rows, words);
  await storeMerges(
    writer,
    memory,
    fresh.flatMap((batch) => batch.merges),
  );
  await memory.scopes.store(writer);
  await memory.words.store(writer);
  for (const [partition, position] of positions) {
    await writer.run('delete from positions where partition_number = $1', [partition]);
    await writer.run('insert into positions values ($1, $2)', [partition, BigInt(position)]);
  }
  return { positions, rows, words };
}

async function appendRows(writer: DuckDBConnection, rows: readonly WarehouseRow[], words: readonly number[]): Promise<void> {
  if (rows.length === 0) return;
  const appender = await writer.createAppender('recent_rows');
  try {
    for (const [index, row] of rows.entries()) {
      appender.appendInteger(words[index] ?? -1);
      appender.appendBigInt(BigInt(row.k));
      appender.appendInteger(personNumber(row.person));
      if (row.account === null) appender.appendNull();
      else appender.appendVarchar(row.account);
      appender.appendVarchar(row.id);
      appender.appendVarchar(row.properties);
      appender.endRow();
    }
  } finally {
    appender.closeSync();
  }
}

/** Throws for what the column cannot hold: the appender would wrap it round. */
function personNumber(person: number): number {
  if (person !== (person | 0)) throw new RangeError(`person ${person} is not a 32-bit whole number`);
  return person;
}

async function storeMerges(writer: DuckDBConnection, memory: WriterMemory, merges: readonly Merge[]): Promise<void> {
  const changed = new Map<number, Map<number, number>>();
  for (const merge of merges) {
    const scope = memory.scopes.numberOf(merge.scope);
    const ofScope = changed.get(scope) ?? new Map<number, number>();
    changed.set(scope, ofScope);
    for (const { person, became } of overridesOf(memory.overrides, scope).merge(merge.from, merge.to)) ofScope.set(person, became);
  }
  for (const [scope, ofScope] of changed) {
    if (ofScope.size === 0) continue;
    const people = listValue([...ofScope.keys()].map(BigInt));
    const became = listValue([...ofScope.values()].map(BigInt));
    await writer.run('delete from overrides where scope = $1 and person in (select unnest($2::bigint[]))', [scope, people]);
    await writer.run('insert into overrides select $1, unnest($2::bigint[]), unnest($3::bigint[])', [scope, people, became]);
  }
}
