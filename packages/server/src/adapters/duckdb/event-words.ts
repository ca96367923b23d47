import type { DuckDBConnection } from '@duckdb/node-api';
import type { WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';

/** What many rows have in common, with the number of its scope. */
export interface EventWord extends Pick<WarehouseRow, 'scope' | 'kind' | 'type' | 'name'> {
  readonly scopeNumber: number;
}

/**
 * Scope, kind, type and name of a row as one number, 0, 1, 2 … in the order in which they came. A filter by any of
 * them picks words from a small table and compares rows by that one number.
 */
export class EventWords {
  readonly #numbers = new Map<string, number>();
  readonly #words: EventWord[] = [];
  #waiting: EventWord[] = [];

  /** @param stored in the order of their numbers */
  constructor(stored: readonly EventWord[]) {
    for (const [number, word] of stored.entries()) this.#numbers.set(keyOf(word), number);
    this.#words.push(...stored);
  }

  /** The word of a number, or undefined. */
  at(number: number): EventWord | undefined {
    return this.#words[number];
  }

  /** The numbers of the words of a scope. */
  numbersIn(scope: string): readonly number[] {
    return this.#words.flatMap((word, number) => (word.scope === scope ? [number] : []));
  }

  /** Whether words, by their numbers, are of the scope. */
  belongsTo(scope: string): (number: number) => boolean {
    return (number) => this.#words[number]?.scope === scope;
  }

  /** The number of a row's word; a new word gets the next one and waits for {@link store}. */
  numberOf(row: WarehouseRow, numberOfScope: (scope: string) => number): number {
    const key = keyOf(row);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(key, next);
    const word = { scope: row.scope, kind: row.kind, type: row.type, name: row.name, scopeNumber: numberOfScope(row.scope) };
    this.#words.push(word);
    this.#waiting.push(word);
    return next;
  }

  /** Writes the words that came since, in the transaction that is open. */
  async store(writer: DuckDBConnection): Promise<void> {
    if (this.#waiting.length === 0) return;
    const first = this.#numbers.size - this.#waiting.length;
    const appender = await writer.createAppender('words');
    try {
      for (const [index, word] of this.#waiting.entries()) {
        appender.appendInteger(first + index);
        appender.appendInteger(word.scopeNumber);
        for (const text of [word.scope, word.kind, word.type, word.name]) appender.appendVarchar(text);
        appender.endRow();
      }
    } finally {
      appender.closeSync();
    }
    this.#waiting = [];
  }
}

/** The name comes last, for it alone may hold any character. */
function keyOf({ scope, kind, type, name }: Omit<EventWord, 'scopeNumber'>): string {
  return `${scope}\u0000${kind}\u0000${type}\u0000${name}`;
}
