import type { WarehouseBatch, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { type PackedRows, packRows } from './packed-rows.ts';

/** What many rows have in common. */
export type RowWord = Pick<WarehouseRow, 'scope' | 'kind' | 'type' | 'name'>;

/** A batch as it goes to the worker. */
export interface PackedBatch extends Pick<WarehouseBatch, 'partition' | 'position' | 'merges'> {
  /** What rows share, each once; a row has its place here as its word. */
  readonly words: readonly RowWord[];
  readonly rows: PackedRows;
}

/** Throws for what the tables cannot hold. */
export function packBatch({ rows, ...batch }: WarehouseBatch): PackedBatch {
  const words: RowWord[] = [];
  /** Name → the words with it. No key is put together for each row: that took longer than all the rest. */
  const named = new Map<string, number[]>();
  const wordOf = ({ scope, kind, type, name }: WarehouseRow): number => {
    const same = named.get(name) ?? [];
    for (const place of same) {
      const word = words[place];
      if (word?.kind === kind && word.type === type && word.scope === scope) return place;
    }
    named.set(name, same);
    same.push(words.length);
    return words.push({ scope, kind, type, name }) - 1;
  };
  const packed = packRows(rows, wordOf);
  return { ...batch, words, rows: packed };
}
