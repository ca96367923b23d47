import type { Tx } from '../ports/db/db.ts';
import { audit } from './tables.ts';

/** What was done, by whom. */
export interface Deed {
  readonly workspace: string;
  /** Who: an e-mail address. */
  readonly actor: string;
  /** `key.revoked`, `guides.published`. */
  readonly action: string;
  readonly object: string;
  /** Unique. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Writes an audit entry in the transaction of the change itself: rolled back together, kept together. */
export async function noteDeed(tx: Tx, deed: Deed): Promise<void> {
  await tx.insertNew(audit, [deed]);
}
