import type { AnswerValue, DuckdbQuestion, DuckdbRequest, DuckdbSettings } from './duckdb-messages.ts';
import { speaksOfDamage } from './speaks-of-damage.ts';
import { startWorker } from './start-worker.ts';
import { WorkerLine } from './worker-line.ts';

/**
 * A line to the worker of a file. When the file turns out to be damaged while it is used, it is set aside and an
 * empty one takes its place, at position 0, so that the projector fills it again from the log. Without this a
 * single altered block would refuse the same questions for ever. The question that found it is refused.
 */
export class MendingLine {
  readonly #settings: DuckdbSettings;
  readonly #log: (sentence: string) => void;
  #line: WorkerLine;
  /** While the file is being replaced. */
  #mending: Promise<void> | undefined;

  private constructor(settings: DuckdbSettings, log: (sentence: string) => void, line: WorkerLine) {
    this.#settings = settings;
    this.#log = log;
    this.#line = line;
  }

  /** Rejects when the file is there and cannot be had. */
  static async open(settings: DuckdbSettings, log: (sentence: string) => void): Promise<MendingLine> {
    return new MendingLine(settings, log, await openLine(settings, log));
  }

  ask(request: DuckdbRequest): Promise<AnswerValue> {
    return this.#with((line) => line.ask(request));
  }

  question(question: DuckdbQuestion, signal: AbortSignal): Promise<AnswerValue> {
    return this.#with((line) => line.question(question, signal));
  }

  async close(): Promise<void> {
    await this.#mending;
    await this.#line.ask({ ask: 'close' });
    await this.#line.ended();
  }

  /** Asks in this very turn unless the file is being replaced: a signal that ends a question must find it asked. */
  async #with<T>(work: (line: WorkerLine) => Promise<T>): Promise<T> {
    if (this.#mending) await this.#mending;
    const line = this.#line;
    try {
      return await work(line);
    } catch (error) {
      // Several questions may meet the damage; the first one mends.
      if (speaksOfDamage(error) && this.#line === line) this.#mending ??= this.#replace(String(error));
      throw error;
    }
  }

  async #replace(damaged: string): Promise<void> {
    await this.#line.ask({ ask: 'close' }).catch(() => undefined);
    await this.#line.ended();
    try {
      this.#line = await openLine({ ...this.#settings, damaged }, this.#log);
    } catch (error) {
      // Whoever asks next is told that the store is closed.
      this.#log(error instanceof Error ? error.message : String(error));
    }
    this.#mending = undefined;
  }
}

async function openLine(settings: DuckdbSettings, log: (sentence: string) => void): Promise<WorkerLine> {
  const line = new WorkerLine(startWorker('duckdb-worker', import.meta.url, settings), log);
  const setAside = await line.opened;
  if (setAside !== null) log(setAside);
  return line;
}
