import type { Mailbox } from '@gangway/product/features/workspace/contract.ts';
import type { Ports } from '@gangway/product/pipeline/path.ts';
import type { SqlReader } from '@gangway/product/ports/db/db.ts';
import type pg from 'pg';
import type { StoreForReplay } from '../replay/store-for-replay.ts';
import type { ThreadStoreSettings } from './thread-store.ts';

/** The adapters of one way to run, chosen once. No code above asks which they are. */
export interface Preset {
  readonly ports: Ports;
  readonly sql: SqlReader;
  readonly masterKey: Buffer;
  /** Mails that were kept because no SMTP is set. */
  mailbox(): Promise<Mailbox['messages']>;
  /** Closes everything that it opened, in order. */
  close(): Promise<void>;
}

/** A preset whose database can be derived again beside itself. */
export interface StoredPreset extends Preset {
  readonly recorded: pg.Pool;
  /** How another thread opens database and log; absent where the log is not a table. */
  readonly threadStore?: ThreadStoreSettings;
  /** Where the preset knows the disk that it would lie on, rejects with a Problem when there is no room. */
  createScratch(): Promise<StoreForReplay>;
}

export interface PresetOptions {
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly progress: (text: string) => void;
  readonly report: (error: unknown, what: string) => void;
  /** The store is gone for good: the process should end. */
  readonly onLost: (reason: string) => void;
}
