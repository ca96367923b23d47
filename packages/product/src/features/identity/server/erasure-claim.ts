import { claimRow } from '../../../pipeline/claim-row.ts';
import type { Tx } from '../../../ports/db/db.ts';
import type { Services } from '../../../ports/http/route.ts';
import { type ErasureRow, type ErasureSums, erasures, noSums } from './tables.ts';

/** How long nobody else takes up a deletion whose process says nothing. */
export const erasureLease = 60_000;

/** Another process works on the deletion by now. */
export class ClaimLost extends Error {}

/** Takes up a deletion that nobody works on. Undefined when somebody does, or it is done. */
export async function claimErasure({ db, clock }: Services, worker: string, row: ErasureRow): Promise<ErasureRow | undefined> {
  const claim = { worker, now: clock.now(), lease: erasureLease, lock: lockOf(row) };
  return db.transaction({ as: 'system' }, (tx) => claimRow(tx, erasures, row, claim));
}

/**
 * Changes the record of a deletion together with what else the transaction does, and keeps the claim. Throws
 * {@link ClaimLost} when it is not this worker's any more: then nothing of the transaction happens.
 */
export async function noteErasure(
  tx: Tx,
  { row, now, change }: { row: ErasureRow; now: number; change: (known: ErasureRow) => Partial<ErasureRow> },
): Promise<void> {
  await tx.lock([lockOf(row)]);
  const [known] = await tx.get(erasures, [row]);
  if (known?.worker !== row.worker) throw new ClaimLost(`deletion ${row.id} is worked on by ${known?.worker ?? 'nobody'}`);
  await tx.put(erasures, [{ ...known, leaseUntil: now + erasureLease, ...change(known) }]);
}

/** What was removed so far. */
export function sumsOf({ sums }: ErasureRow): ErasureSums {
  return (sums as ErasureSums | null) ?? noSums;
}

function lockOf(row: ErasureRow): string {
  return `erasure:${row.environment}/${row.id}`;
}
