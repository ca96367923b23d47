import { noAccount, type PackedRows } from './packed-rows.ts';

/** A row as it lies in a table, of a person who is known: its word is a number of `EventWords`. */
export interface FoundRow {
  readonly word: number;
  readonly k: number;
  readonly account: string | null;
  readonly id: string;
  readonly properties: string;
}

/** Which rows are wanted: of these numbers, of these words, below the order key, so many of the newest. */
export interface WantedRows {
  readonly persons: readonly number[];
  belongs(word: number): boolean;
  readonly before: number;
  readonly limit: number;
}

/** Numbers of a row, one after the other. */
const field = { word: 0, previous: 1, chunk: 2, start: 3, bytes: 4, accountLength: 5, idLength: 6 } as const;
const fields = 7;
const chunkBytes = 1 << 20;
const rowBytes = fields * 4 + 8;
const none = -1;

/**
 * The rows that wait to be put in order, once more in memory and found by person: the table has them in the order in
 * which they came, so that a search for one person reads all of them. They lie in a few buffers outside of the heap:
 * a million objects would keep the garbage collector busy.
 */
export class RecentRows {
  /** Person → their last row; each row knows the one before it. */
  readonly #last = new Map<number, number>();
  #keys = new Float64Array(1024);
  #numbers = new Int32Array(1024 * fields);
  readonly #chunks: Buffer[] = [];
  /** Where the last chunk is free from. */
  #free = 0;
  #count = 0;
  #textBytes = 0;

  /** How much memory they take. */
  get bytes(): number {
    return this.#textBytes + this.#count * rowBytes;
  }

  add({ words, keys, persons, accounts, ids, properties, text }: PackedRows): void {
    const first = this.#count;
    this.#grow(first + keys.length);
    this.#keys.set(keys, first);
    const written = this.#write(text);
    const [numbers, chunk, plain] = [this.#numbers, this.#chunks.length - 1, written.bytes === text.length];
    let { start } = written;
    for (let added = 0, character = 0; added < keys.length; added++) {
      const account = accounts[added] ?? noAccount;
      const id = ids[added] ?? 0;
      const length = Math.max(account, 0) + 1 + id + 1 + (properties[added] ?? 0);
      const bytes = plain ? length : Buffer.byteLength(text.slice(character, character + length));
      const person = persons[added] ?? none;
      const at = (first + added) * fields;
      numbers[at + field.word] = words[added] ?? none;
      numbers[at + field.previous] = person === persons[added - 1] ? first + added - 1 : (this.#last.get(person) ?? none);
      numbers[at + field.chunk] = chunk;
      numbers[at + field.start] = start;
      numbers[at + field.bytes] = bytes;
      numbers[at + field.accountLength] = account;
      numbers[at + field.idLength] = id;
      // An event and what it led to come together: of such rows only the last is looked up.
      if (person !== persons[added + 1]) this.#last.set(person, first + added);
      start += bytes + 1;
      character += length + 1;
    }
    this.#count += keys.length;
    this.#textBytes += written.bytes;
  }

  /** The newest first; rows of one key by their id, the last first. */
  newest({ persons, belongs, before, limit }: WantedRows): FoundRow[] {
    const kept: number[] = [];
    for (const person of persons) {
      for (let row = this.#last.get(person) ?? none; row !== none; row = this.#number(row, 'previous')) {
        if (this.#key(row) < before && belongs(this.#number(row, 'word'))) this.#keep(kept, row, limit);
      }
    }
    return kept.map((row) => ({ ...this.#texts(row), word: this.#number(row, 'word'), k: this.#key(row) }));
  }

  /** Forgets rows, and what was in them. */
  erase({ persons, belongs }: Pick<WantedRows, 'persons' | 'belongs'>): void {
    for (const person of persons) {
      for (let row = this.#last.get(person) ?? none; row !== none; row = this.#number(row, 'previous')) {
        if (!belongs(this.#number(row, 'word'))) continue;
        this.#bytesOf(row).fill(0);
        this.#numbers[row * fields + field.word] = none;
      }
    }
  }

  #grow(count: number): void {
    if (count <= this.#keys.length) return;
    const room = Math.max(count, this.#keys.length * 2);
    const keys = new Float64Array(room);
    keys.set(this.#keys);
    this.#keys = keys;
    const numbers = new Int32Array(room * fields);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }

  /** The text of a batch lies in one chunk; a long one has a chunk of its own size. */
  #write(text: string): { start: number; bytes: number } {
    const chunk = this.#chunks.at(-1);
    const needed = Buffer.byteLength(text);
    if (!chunk || chunk.length - this.#free < needed) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(needed, chunkBytes)));
      this.#free = 0;
    }
    const start = this.#free;
    const bytes = this.#chunks.at(-1)?.write(text, start) ?? 0;
    this.#free += bytes;
    return { start, bytes };
  }

  /** Takes a row among the newest ones, which stay in their order, however rows have come. */
  #keep(kept: number[], row: number, limit: number): void {
    let place = 0;
    for (let end = kept.length; place < end; ) {
      const middle = (place + end) >>> 1;
      if (this.#isNewer(row, kept[middle] ?? none)) end = middle;
      else place = middle + 1;
    }
    if (place >= limit) return;
    kept.splice(place, 0, row);
    if (kept.length > limit) kept.pop();
  }

  #isNewer(a: number, b: number): boolean {
    const apart = this.#key(a) - this.#key(b);
    return apart > 0 || (apart === 0 && this.#texts(a).id > this.#texts(b).id);
  }

  #key(row: number): number {
    return this.#keys[row] ?? Number.NaN;
  }

  #number(row: number, name: keyof typeof field): number {
    return this.#numbers[row * fields + field[name]] ?? none;
  }

  #bytesOf(row: number): Buffer {
    const start = this.#number(row, 'start');
    return this.#chunks[this.#number(row, 'chunk')]?.subarray(start, start + this.#number(row, 'bytes')) ?? Buffer.alloc(0);
  }

  #texts(row: number): Pick<FoundRow, 'account' | 'id' | 'properties'> {
    const text = this.#bytesOf(row).toString('utf8');
    const accountLength = this.#number(row, 'accountLength');
    const idAt = Math.max(accountLength, 0) + 1;
    const propertiesAt = idAt + this.#number(row, 'idLength') + 1;
    return {
      account: accountLength === noAccount ? null : text.slice(0, accountLength),
      id: text.slice(idAt, propertiesAt - 1),
      properties: text.slice(propertiesAt),
    };
  }
}
