import type { Statement, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { type Columns, type DuckdbSettings, queriesAtOnce } from './duckdb-messages.ts';
import { DuckdbWriter } from './duckdb-writer.ts';
import { newestRows, type PersonPage } from './newest-rows.ts';
import { openDuckdb } from './open-duckdb.ts';
import type { PackedBatch } from './packed-batch.ts';
import { Readers } from './readers.ts';
import { runStatement } from './run-statement.ts';
import { speaksOfDamage } from './speaks-of-damage.ts';

/** The store as its worker uses it. */
export interface DuckdbStore {
  /** What was moved away on opening, see {@link openDuckdb}. */
  readonly setAside: string | null;
  /** Takes the batches whose positions are new, in one transaction. */
  write(batches: readonly PackedBatch[]): Promise<void>;
  /** Removes all that is found under the persons, in one transaction. */
  erase(scope: string, people: readonly number[]): Promise<void>;
  position(partition: number): number;
  /**
   * At most {@link queriesAtOnce} of this and {@link DuckdbStore.newest} at a time: whoever asks stands in a line before.
   *
   * @param number tells it apart for {@link DuckdbStore.interrupt}
   */
  run(statement: Statement, number: number): Promise<Columns>;
  newest(page: PersonPage, number: number): Promise<readonly WarehouseRow[]>;
  /** Ends a question that runs, by its number; nothing happens when it does not (any more). */
  interrupt(number: number): void;
  close(): Promise<void>;
}

/** @param tell takes a sentence for the operator */
export async function openDuckdbStore(settings: DuckdbSettings, tell: (sentence: string) => void): Promise<DuckdbStore> {
  const { readers, writer, setAside, close } = await openReadable(settings, tell);
  const run = (statement: Statement, number: number) => readers.run(number, (reader) => runStatement(reader, statement));
  return {
    setAside,
    position: (partition) => writer.memory.positions.get(partition) ?? 0,
    write: (batches) => writer.write(batches),
    erase: (scope, people) => writer.erase(scope, people),
    run,
    newest: (page, number) => newestRows({ writer, ask: (statement) => run(statement, number) }, page),
    interrupt: (number) => readers.interrupt(number),
    async close() {
      await writer.settled();
      await readers.settled();
      await close();
    },
  };
}

interface ReadableStore {
  readonly readers: Readers;
  readonly writer: DuckdbWriter;
  readonly setAside: string | null;
  close(): Promise<void>;
}

/** Opens the file and reads what the writer must know; a file that is damaged there is set aside, like one that cannot be opened. */
async function openReadable(settings: DuckdbSettings, tell: (sentence: string) => void): Promise<ReadableStore> {
  const { instance, writer: connection, setAside } = await openDuckdb(settings);
  const readers = await Readers.of(instance, queriesAtOnce);
  const close = () => {
    readers.close();
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const writer = await DuckdbWriter.on(connection, { ...settings, tell, isAsked: () => readers.areAsked });
    return {
      readers,
      writer,
      setAside,
      close: () =>
        connection
          .run('checkpoint')
          .catch(() => undefined)
          .then(close),
    };
  } catch (error) {
    close();
    if (settings.damaged !== undefined || !speaksOfDamage(error)) throw error;
    return openReadable({ ...settings, damaged: String(error) }, tell);
  }
}
