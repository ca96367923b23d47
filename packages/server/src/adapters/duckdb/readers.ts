import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** The connections that read. Whoever asks stands in a line before: there is always one that is idle. */
export class Readers {
  readonly #all: readonly DuckDBConnection[];
  readonly #idle: DuckDBConnection[];
  readonly #running = new Map<number, { readonly reader: DuckDBConnection; readonly answer: Promise<unknown> }>();

  private constructor(readers: readonly DuckDBConnection[]) {
    this.#all = readers;
    this.#idle = [...readers];
  }

  static async of(instance: DuckDBInstance, count: number): Promise<Readers> {
    return new Readers(await Promise.all(Array.from({ length: count }, () => instance.connect())));
  }

  /** @param number tells it apart for {@link interrupt} */
  async run<T>(number: number, work: (reader: DuckDBConnection) => Promise<T>): Promise<T> {
    const reader = this.#idle.pop();
    if (!reader) throw new Error(`${this.#all.length} questions run already`);
    const answer = work(reader);
    this.#running.set(number, { reader, answer });
    try {
      return await answer;
    } finally {
      this.#running.delete(number);
      this.#idle.push(reader);
    }
  }

  /** Ends what runs under the number; nothing happens when nothing does (any more). */
  interrupt(number: number): void {
    this.#running.get(number)?.reader.interrupt();
  }

  /** Whether a question runs. */
  get areAsked(): boolean {
    return this.#running.size > 0;
  }

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ answer }) => answer));
  }

  close(): void {
    for (const reader of this.#all) reader.closeSync();
  }
}
