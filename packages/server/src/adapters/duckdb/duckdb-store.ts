import { BIGINT, DOUBLE, type DuckDBConnection, type DuckDBType, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { Merge, Statement, WarehouseBatch, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { type Columns, type DuckdbSettings, queriesAtOnce } from './duckdb-messages.ts';
import { eraseRows } from './erase-rows.ts';
import { type EventWord, EventWords } from './event-words.ts';
import { forgetSubjects, giveSubjects } from './give-subjects.ts';
import { type OpenedDuckdb, openDuckdb } from './open-duckdb.ts';
import { overridesOf, type PersonOverrides } from './person-overrides.ts';
import { putInOrder } from './put-in-order.ts';
import { readColumns } from './read-columns.ts';
import { speaksOfDamage } from './speaks-of-damage.ts';
import { WordTable } from './word-table.ts';

/** The store as its worker uses it. */
export interface DuckdbStore {
  /** What was moved away on opening, see {@link openDuckdb}. */
  readonly setAside: string | null;
  /** Takes the batches whose positions are new, in one transaction. */
  write(batches: readonly WarehouseBatch[]): Promise<void>;
  /** Removes all that is found under the persons, in one transaction. */
  erase(scope: string, people: readonly number[]): Promise<void>;
  position(partition: number): number;
  /** The numbers under which the rows of a person were written; none for one that has become another. */
  written(scope: string, person: number): readonly number[];
  /**
   * At most {@link queriesAtOnce} at a time: whoever asks stands in a line before.
   *
   * @param number tells it apart for {@link DuckdbStore.interrupt}
   */
  run(statement: Statement, number: number): Promise<Columns>;
  /** Ends a statement that runs, by its number; nothing happens when it does not (any more). */
  interrupt(number: number): void;
  close(): Promise<void>;
}

/** What the writer knows by heart, so that a write asks the database nothing. Read again after a write that failed. */
interface Memory {
  readonly scopes: WordTable;
  readonly words: EventWords;
  readonly positions: Map<number, number>;
  readonly overrides: Map<number, PersonOverrides>;
  /** How many rows wait to be put in order. */
  recent: number;
}

/** @param tell takes a sentence for the operator */
export async function openDuckdbStore(settings: DuckdbSettings, tell: (sentence: string) => void): Promise<DuckdbStore> {
  const { instance, writer, setAside, ...opened } = await openReadable(settings);
  let { memory } = opened;
  let orderAt = settings.runLength;
  let turn: Promise<unknown> = Promise.resolve();
  /** The writer does one thing at a time. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  /** All of it or nothing. */
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await writer.run('begin');
    try {
      const result = await work();
      await writer.run('commit');
      return result;
    } catch (error) {
      await writer.run('rollback').catch(() => undefined);
      memory = await readMemory(writer);
      throw error;
    }
  };
  const order = async () => {
    try {
      await transaction(() => putInOrder(writer));
      memory.recent = 0;
      orderAt = settings.runLength;
    } catch (error) {
      // Queries find the same in rows that are not in order, so this must not keep new ones out.
      orderAt = memory.recent + settings.runLength;
      tell(`${memory.recent} rows of analytics could not be put in order and stay as they came. ${reasonOf(error)}`);
    }
  };
  const readers = await Promise.all(Array.from({ length: queriesAtOnce }, () => instance.connect()));
  const idle = [...readers];
  const running = new Map<number, { readonly reader: DuckDBConnection; readonly answer: Promise<unknown> }>();
  return {
    setAside,
    position: (partition) => memory.positions.get(partition) ?? 0,
    written: (scope, person) => writtenUnder(memory, scope, person),
    write: (batches) =>
      inTurn(async () => {
        if (memory.recent >= orderAt) await order();
        const { positions, rows } = await transaction(() => writeBatches(writer, memory, batches));
        for (const [partition, position] of positions) memory.positions.set(partition, position);
        memory.recent += rows;
      }),
    erase: (scope, people) =>
      inTurn(() =>
        transaction(() => eraseRows(writer, { scope, written: people.flatMap((person) => writtenUnder(memory, scope, person)) })),
      ),
    async run(statement, number) {
      const reader = idle.pop();
      if (!reader) throw new Error(`${queriesAtOnce} questions run already`);
      const answer = query(reader, statement);
      running.set(number, { reader, answer });
      try {
        return await answer;
      } finally {
        running.delete(number);
        idle.push(reader);
      }
    },
    interrupt: (number) => running.get(number)?.reader.interrupt(),
    async close() {
      await turn;
      await Promise.allSettled([...running.values()].map(({ answer }) => answer));
      await writer.run('checkpoint').catch(() => undefined);
      for (const reader of readers) reader.closeSync();
      writer.closeSync();
      instance.closeSync();
    },
  };
}

/** Opens the file and reads what the writer must know; a file that is damaged there is set aside, like one that cannot be opened. */
async function openReadable(settings: DuckdbSettings): Promise<OpenedDuckdb & { readonly memory: Memory }> {
  const opened = await openDuckdb(settings);
  try {
    return { ...opened, memory: await readMemory(opened.writer) };
  } catch (error) {
    opened.writer.closeSync();
    opened.instance.closeSync();
    if (settings.damaged !== undefined || !speaksOfDamage(error)) throw error;
    return openReadable({ ...settings, damaged: String(error) });
  }
}

async function readMemory(writer: DuckDBConnection): Promise<Memory> {
  const rowsOf = async (text: string) => (await writer.runAndReadAll(text)).getRowsJS();
  const scopes = (await rowsOf('select name from scopes order by id')).map(([name]) => String(name));
  const words = await rowsOf('select scope, scope_name, kind, type, name from words order by id');
  const overrides = new Map<number, PersonOverrides>();
  for (const [scope, person, became] of await rowsOf('select scope, person, became from overrides')) {
    overridesOf(overrides, Number(scope)).restore({ person: Number(person), became: Number(became) });
  }
  const positions = new Map(
    (await rowsOf('select partition_number, position from positions')).map(([partition, position]) => [
      Number(partition),
      Number(position),
    ]),
  );
  return {
    scopes: new WordTable('scopes', scopes),
    words: new EventWords(
      words.map(([scopeNumber, scope, kind, type, name]) => ({ scopeNumber, scope, kind, type, name }) as unknown as EventWord),
    ),
    positions,
    overrides,
    recent: Number((await rowsOf('select count(*) from recent_rows'))[0]?.[0]),
  };
}

function writtenUnder(memory: Memory, scope: string, person: number): readonly number[] {
  return memory.overrides.get(memory.scopes.find(scope) ?? -1)?.numbersOf(person) ?? [person];
}

/** The positions that the transaction reaches and the number of its rows. */
async function writeBatches(
  writer: DuckDBConnection,
  memory: Memory,
  batches: readonly WarehouseBatch[],
): Promise<{ positions: ReadonlyMap<number, number>; rows: number }> {
  const positions = new Map<number, number>();
  const fresh = batches.filter(({ partition, position }) => {
    if (position <= (positions.get(partition) ?? memory.positions.get(partition) ?? 0)) return false;
    positions.set(partition, position);
    return true;
  });
  const rows = fresh.flatMap((batch) => batch.rows);
  await appendRows(writer, memory, rows);
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
  return { positions, rows: rows.length };
}

async function appendRows(writer: DuckDBConnection, memory: Memory, rows: readonly WarehouseRow[]): Promise<void> {
  if (rows.length === 0) return;
  const appender = await writer.createAppender('recent_rows');
  try {
    for (const row of rows) {
      appender.appendInteger(memory.words.numberOf(row, (scope) => memory.scopes.numberOf(scope)));
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

async function storeMerges(writer: DuckDBConnection, memory: Memory, merges: readonly Merge[]): Promise<void> {
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function query(reader: DuckDBConnection, statement: Statement): Promise<Columns> {
  if (statement.given) await giveSubjects(reader, statement.given);
  try {
    return await answer(reader, statement);
  } finally {
    if (statement.given) await forgetSubjects(reader);
  }
}

async function answer(reader: DuckDBConnection, statement: Statement): Promise<Columns> {
  return readColumns(await reader.run(statement.text, statement.values.map(parameter), statement.values.map(typeOf)));
}

/** Whole numbers go as BIGINT: compared as doubles they would keep DuckDB from skipping blocks. */
function parameter(value: Statement['values'][number]): DuckDBValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' ? value : listValue(value.map(BigInt));
}

/** Said, because an empty list does not tell it. */
function typeOf(value: Statement['values'][number]): DuckDBType {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
  return typeof value === 'string' ? VARCHAR : LIST(BIGINT);
}
