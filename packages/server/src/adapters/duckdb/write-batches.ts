import { type DuckDBConnection, listValue } from '@duckdb/node-api';
import type { Merge } from '@gangway/product/ports/warehouse/warehouse.ts';
import { appendRows } from './append-rows.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { PackedRows } from './packed-rows.ts';
import { overridesOf } from './person-overrides.ts';
import type { WriterMemory } from './writer-memory.ts';

/** What the transaction brings: the positions that it reaches, and the rows with the numbers of their words. */
export interface WrittenRows {
  readonly positions: ReadonlyMap<number, number>;
  readonly rows: readonly PackedRows[];
}

/** Writes the batches whose positions are new, in the transaction that is open. */
export async function writeBatches(writer: DuckDBConnection, memory: WriterMemory, batches: readonly PackedBatch[]): Promise<WrittenRows> {
  const positions = new Map<number, number>();
  const fresh = batches.filter(({ partition, position }) => {
    if (position <= (positions.get(partition) ?? memory.positions.get(partition) ?? 0)) return false;
    positions.set(partition, position);
    return true;
  });
  const rows = fresh.map((batch) => numbered(memory, batch));
  await appendAll(writer, rows);
  await storeMerges(
    writer,
    memory,
    fresh.flatMap((batch) => batch.merges),
  );
  await memory.scopes.store(writer);
  await memory.words.store(writer);
  await storePositions(writer, positions);
  return { positions, rows };
}

/** In one go and without parameters: two statements that are planned twice took a tenth of a transaction of some thousand rows. */
async function storePositions(writer: DuckDBConnection, positions: ReadonlyMap<number, number>): Promise<void> {
  if (positions.size === 0) return;
  const values = [...positions].map(([partition, position]) => `(${partition}, ${position})`).join(', ');
  await writer.run(`delete from positions where partition_number in (${[...positions.keys()].join(', ')});
    insert into positions values ${values}`);
}

/** The rows of a batch, with the tables' numbers for its words. */
function numbered(memory: WriterMemory, { words, rows }: PackedBatch): PackedRows {
  const numbers = words.map((word) => memory.words.numberOf(word, (scope) => memory.scopes.numberOf(scope)));
  return { ...rows, words: rows.words.map((place) => numbers[place] ?? -1) };
}

async function appendAll(writer: DuckDBConnection, batches: readonly PackedRows[]): Promise<void> {
  if (batches.every(({ keys }) => keys.length === 0)) return;
  const appender = await writer.createAppender('recent_rows');
  try {
    for (const rows of batches) appendRows(appender, rows);
  } finally {
    appender.closeSync();
  }
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
