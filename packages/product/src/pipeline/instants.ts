import type { JsonText } from '../ports/db/json-text.ts';
import { Names } from './names.ts';

/** Instants as a list in the store: names, and each one's distance from the document's base. */
export type StoredInstants = readonly [names: readonly string[], distances: readonly number[]];

/**
 * When each of some things was, by name: epoch milliseconds. Never changed; {@link with} gives another. The instants
 * lie as distances from some base, as in the store: read and written they are what they are.
 */
export class Instants {
  static readonly none = new Instants(Names.none, [], 0);
  readonly heads: Names;
  /** Of each name, from {@link base}. */
  readonly distances: readonly number[];
  readonly base: number;

  private constructor(heads: Names, distances: readonly number[], base: number) {
    this.heads = heads;
    this.distances = distances;
    this.base = base;
  }

  static of(instants: Readonly<Record<string, number>>): Instants {
    const names = Object.keys(instants);
    return names.length === 0 ? Instants.none : new Instants(new Names(names), Object.values(instants), 0);
  }

  /** @param stored of a document with this base; kept, so it must be nobody else's */
  static load([names, distances]: StoredInstants, base: number): Instants {
    return names.length === 0 ? Instants.none : new Instants(new Names(names), distances, base);
  }

  get size(): number {
    return this.distances.length;
  }

  get names(): readonly string[] {
    return this.heads.list;
  }

  has(name: string): boolean {
    return this.heads.find(name) >= 0;
  }

  at(name: string): number | undefined {
    const place = this.heads.find(name);
    return place < 0 ? undefined : this.base + (this.distances[place] ?? 0);
  }

  /** These, with `name` at `instant`. */
  with(name: string, instant: number): Instants {
    // The first one is the base of all: a distance is a small number.
    if (this.size === 0) return new Instants(Names.none.with(name), [0], instant);
    const place = this.heads.find(name);
    if (place < 0) return new Instants(this.heads.with(name), [...this.distances, instant - this.base], this.base);
    const distances = this.distances.slice();
    distances[place] = instant - this.base;
    return new Instants(this.heads, distances, this.base);
  }

  entries(): [name: string, instant: number][] {
    return this.distances.map((distance, place) => [this.heads.list[place] ?? '', this.base + distance]);
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries(this.entries());
  }

  /** As {@link StoredInstants} of a document with this base. */
  write(text: JsonText, base: number): void {
    const shift = this.base - base;
    const distances = this.distances;
    text.sign('[');
    text.strings(this.heads.list);
    text.sign(',');
    text.sign('[');
    for (let index = 0; index < distances.length; index++) {
      if (index > 0) text.sign(',');
      text.number((distances[index] ?? 0) + shift);
    }
    text.sign(']');
    text.sign(']');
  }
}
