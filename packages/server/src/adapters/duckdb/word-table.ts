import type { DuckDBConnection } from '@duckdb/node-api';

/** Words of a small table and their numbers, 0, 1, 2 … in the order in which they came. */
export class WordTable {
  readonly #table: string;
  readonly #numbers: Map<string, number>;
  #stored: number;

  constructor(table: string, words: readonly string[]) {
    this.#table = table;
    this.#numbers = new Map(words.map((word, number) => [word, number]));
    this.#stored = words.length;
  }

  /** The number of a word; a new word gets the next one and waits for {@link store}. */
  numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(word, next);
    return next;
  }

  /** The number of a word that came before, or undefined. */
  find(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** Writes the words that came since, in the transaction that is open. */
  async store(writer: DuckDBConnection): Promise<void> {
    if (this.#stored === this.#numbers.size) return;
    const appender = await writer.createAppender(this.#table);
    try {
      for (const [word, number] of this.#numbers) {
        if (number < this.#stored) continue;
        appender.appendInteger(number);
        appender.appendVarchar(word);
        appender.endRow();
      }
    } finally {
      appender.closeSync();
    }
    this.#stored = this.#numbers.size;
  }
}
