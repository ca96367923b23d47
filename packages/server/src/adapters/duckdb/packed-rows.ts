import type { WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';

/** What a row has to itself. */
export type RowBody = Pick<WarehouseRow, 'person' | 'k' | 'account' | 'id' | 'properties'>;

/**
 * Rows by columns, all of one length. They cross the thread border without an object a row, which is most of what a
 * row would cost, and are written and remembered as they came.
 */
export interface PackedRows {
  /** Numbers for what rows share; whose numbers they are says whoever holds the rows. */
  readonly words: Int32Array;
  readonly keys: Float64Array;
  readonly persons: Int32Array;
  /** Characters of the account, {@link noAccount} for none. */
  readonly accounts: Int32Array;
  /** Characters of the id. */
  readonly ids: Int32Array;
  /** Characters of the properties. */
  readonly properties: Int32Array;
  /** The account, the id and the properties of each row, and one character between any two. */
  readonly text: string;
}

/** The length of an account that is not there. */
export const noAccount = -1;

/** Throws for what the tables cannot hold: a number would wrap round. */
export function packRows<Row extends RowBody>(rows: readonly Row[], wordOf: (row: Row) => number): PackedRows {
  const numbers = () => new Int32Array(rows.length);
  const packed = { words: numbers(), persons: numbers(), accounts: numbers(), ids: numbers(), properties: numbers() };
  const keys = new Float64Array(rows.length);
  const texts = new Array<string>(rows.length * 3);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as Row;
    if (row.person !== (row.person | 0)) throw new RangeError(`person ${row.person} is not a 32-bit whole number`);
    if (!Number.isSafeInteger(row.k)) throw new RangeError(`order key ${row.k} is not a whole number`);
    packed.words[at] = wordOf(row);
    packed.persons[at] = row.person;
    keys[at] = row.k;
    packed.accounts[at] = row.account === null ? noAccount : row.account.length;
    packed.ids[at] = row.id.length;
    packed.properties[at] = row.properties.length;
    texts[at * 3] = row.account ?? '';
    texts[at * 3 + 1] = row.id;
    texts[at * 3 + 2] = row.properties;
  }
  return { ...packed, keys, text: texts.join('\n') };
}

/** What {@link packRows} has made, to be handed over instead of copied. */
export function buffersOf({ text, ...columns }: PackedRows): ArrayBuffer[] {
  return Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer);
}
