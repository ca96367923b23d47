import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckdbSettings } from './duckdb-messages.ts';
import { eraseRows } from './erase-rows.ts';
import { areDue, joinRuns } from './join-runs.ts';
import type { PackedBatch } from './packed-batch.ts';
import { putInOrder } from './put-in-order.ts';
import { RecentRows } from './recent-rows.ts';
import { type RunApart, runningApart } from './run-apart.ts';
import { writeBatches } from './write-batches.ts';
import { readMemory, type WriterMemory, writtenUnder } from './writer-memory.ts';

export interface WriterSettings extends Pick<DuckdbSettings, 'runLength' | 'recentBytes' | 'threads'> {
  /** Whether a question runs. */
  isAsked(): boolean;
  /** Takes a sentence for the operator. */
  readonly tell: (sentence: string) => void;
}

/** Recent rows that are read into memory again: of more, DuckDB puts in order a million while we read a hundred thousand. */
function rowsRead({ runLength }: WriterSettings): number {
  return Math.min(50_000, 2 * runLength);
}

/** What changes the tables, one thing at a time, each in one transaction. */
export class DuckdbWriter {
  readonly #connection: DuckDBConnection;
  readonly #run: RunApart;
  readonly #settings: WriterSettings;
  #memory: WriterMemory;
  /** From so many recent rows on, the next write puts them in order first: zero when there were too many to be read, later after a failure. */
  #orderAt: number;
  #moves = 0;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(connection: DuckDBConnection, settings: WriterSettings, memory: WriterMemory) {
    this.#connection = connection;
    this.#run = runningApart(connection, { threads: settings.threads, isBusy: settings.isAsked });
    this.#settings = settings;
    this.#memory = memory;
    this.#orderAt = memory.recent ? settings.runLength : 0;
  }

  /** Reads what it must know. */
  static async on(connection: DuckDBConnection, settings: WriterSettings): Promise<DuckdbWriter> {
    return new DuckdbWriter(connection, settings, await readMemory(connection, rowsRead(settings)));
  }

  get memory(): WriterMemory {
    return this.#memory;
  }

  /** How often recent rows began or ended to go elsewhere, in the tables or in memory: odd while they do. */
  get moves(): number {
    return this.#moves;
  }

  /** Takes the batches whose positions are new. */
  write(batches: readonly PackedBatch[]): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#memory.waiting >= this.#orderAt || (this.#memory.recent?.bytes ?? 0) >= this.#settings.recentBytes) await this.#order();
      const { positions, rows } = await this.#transaction(() => writeBatches(this.#connection, this.#memory, batches));
      for (const [partition, position] of positions) this.#memory.positions.set(partition, position);
      for (const some of rows) {
        this.#memory.recent?.add(some);
        this.#memory.waiting += some.keys.length;
      }
    });
  }

  /** Removes all that is found under the persons. */
  erase(scope: string, people: readonly number[]): Promise<void> {
    return this.#inTurn(() =>
      this.#moving(async () => {
        const persons = people.flatMap((person) => writtenUnder(this.#memory, scope, person));
        await this.#transaction(() => eraseRows(this.#connection, { scope, written: persons }));
        this.#memory.recent?.erase({ persons, belongs: this.#memory.words.belongsTo(scope) });
      }),
    );
  }

  async settled(): Promise<void> {
    await this.#turn;
  }

  async #order(): Promise<void> {
    try {
      await this.#moving(async () => {
        const { rows, highest } = await this.#transaction(() => putInOrder(this.#run));
        const { runs } = this.#memory;
        this.#memory.runs = { count: runs.count + 1, rows: runs.rows + rows };
        this.#memory.recent = new RecentRows();
        this.#memory.waiting = 0;
        this.#memory.highest = Math.max(this.#memory.highest, highest);
      });
      this.#orderAt = this.#settings.runLength;
      if (areDue(this.#memory.runs, this.#settings.runLength)) await this.#join();
    } catch (error) {
      const { waiting } = this.#memory;
      // Queries find the same in rows that are not in order, so this must not keep new ones out.
      this.#orderAt = waiting + this.#settings.runLength;
      // They may become more than memory should hold.
      this.#memory.recent = undefined;
      this.#settings.tell(`${waiting} rows of analytics could not be put in order and stay as they came. ${reasonOf(error)}`);
    }
  }

  async #join(): Promise<void> {
    try {
      await this.#transaction(() => joinRuns(this.#run));
      this.#memory.runs = { count: 0, rows: 0 };
    } catch (error) {
      const { count } = this.#memory.runs;
      this.#settings.tell(`${count} runs of analytics could not be joined and stay apart until there is one more. ${reasonOf(error)}`);
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #moving(work: () => Promise<void>): Promise<void> {
    this.#moves++;
    await work().finally(() => this.#moves++);
  }

  /** All of it or nothing. */
  async #transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#connection.run('begin');
    try {
      const result = await work();
      await this.#run('commit');
      return result;
    } catch (error) {
      await this.#connection.run('rollback').catch(() => undefined);
      this.#memory = await readMemory(this.#connection, rowsRead(this.#settings));
      if (!this.#memory.recent) this.#orderAt = 0;
      throw error;
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
