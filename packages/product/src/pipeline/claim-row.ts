import type { Table, Tx } from '../ports/db/db.ts';

/** Work that lies in a table and is done by one process at a time. */
export interface Claimable {
  readonly state: string;
  /** The process that works on it, and until when nobody else may. */
  readonly worker: string | null;
  readonly leaseUntil: number;
}

/** Who takes a row, from which instant (epoch milliseconds) for how long, under which lock its changes are made. */
export interface Claim<Row> {
  readonly worker: string;
  readonly now: number;
  readonly lease: number;
  readonly lock: string;
  /** What changes with it. */
  readonly change?: Partial<Row>;
}

/**
 * Makes a row the worker's own. Undefined when it is no longer as it was read, or somebody else works on it: whoever
 * changes a claimed row later looks, under the same lock, whether it is still their own.
 */
export async function claimRow<Row extends Claimable>(
  tx: Tx,
  table: Table<Row>,
  row: Row,
  { worker, now, lease, lock, change }: Claim<Row>,
): Promise<Row | undefined> {
  await tx.lock([lock]);
  const [known] = await tx.get(table, [row]);
  if (known?.state !== row.state || (known.worker !== worker && known.leaseUntil > now)) return undefined;
  const mine: Row = { ...known, ...change, worker, leaseUntil: now + lease };
  await tx.put(table, [mine]);
  return mine;
}
