import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowWord } from './packed-batch.ts';

/** With the number of its scope. */
export interface EventWord extends RowWord {
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

  /** The number of a word; a new word gets the next one and waits for {@link store}. */
  numberOf(word: RowWord, numberOfScope: (scope: string) => number): number {
    const key = keyOf(word);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(key, next);
    const added = { scopeNumber: numberOfScope(word.scope), ...word };
    this.#words.push(added);
    this.#waiting.push(added);
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
function keyOf({ scope, kind, type, name }: RowWord): string {
  return `${scope}\u0000${kind}\u0000${type}\u0000${name}`;
}
