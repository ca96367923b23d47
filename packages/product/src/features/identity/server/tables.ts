import type { IdentityMode } from '../../../kernel/door.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Table } from '../../../ports/db/db.ts';
import type { TokenAlgorithm } from '../contract.ts';

/** What an environment asks of those who claim a user id. No row = open. */
export interface IdentitySettingsRow {
  readonly workspace: string;
  readonly environment: string;
  readonly mode: IdentityMode;
  readonly changedAt: number;
  readonly changedBy: string;
}
export const identitySettings: Table<IdentitySettingsRow> = {
  name: 'identity_settings',
  kind: 'source',
  columns: { workspace: 'text', environment: 'text', mode: 'text', changedAt: 'instant', changedBy: 'text' },
  key: ['workspace', 'environment'],
};

/** A key with which the customer's back end signs identity tokens. `id` is the token's `kid`. */
export interface IdentityKeyRow {
  readonly workspace: string;
  readonly environment: string;
  readonly id: string;
  readonly label: string;
  readonly algorithm: TokenAlgorithm;
  /** HS256: the secret, sealed, because verifying needs it. Otherwise the public key, SPKI in base64. */
  readonly material: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly revokedAt: number | null;
}
export const identityKeys: Table<IdentityKeyRow> = {
  name: 'identity_keys',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    id: 'text',
    label: 'text',
    algorithm: 'text',
    material: 'text',
    createdAt: 'instant',
    createdBy: 'text',
    revokedAt: 'instant',
  },
  key: ['workspace', 'environment', 'id'],
};

/** What a key's secret is sealed to. */
export function sealContext(key: Pick<IdentityKeyRow, 'environment' | 'id'>): string {
  return `environment/${key.environment}/identity/${key.id}`;
}

/** An id of a person who was deleted, as its keyed hash: enough to know it when it comes again, and no more. */
export interface TombstoneRow {
  readonly workspace: string;
  readonly environment: string;
  readonly hash: string;
  readonly erasure: string;
  readonly at: number;
  /** Events of the id that came later and were refused. */
  readonly refused: number;
  /** Grows with each deletion of the environment, in the order in which they can be seen: a door reads on from it. */
  readonly number: number;
}
export const tombstones: Table<TombstoneRow> = {
  name: 'tombstones',
  kind: 'source',
  columns: { workspace: 'text', environment: 'text', hash: 'text', erasure: 'text', at: 'instant', refused: 'integer', number: 'integer' },
  key: ['workspace', 'environment', 'hash'],
};

/** What a deletion has removed so far. It is added up where it is removed, so that a retry counts nothing twice. */
export interface ErasureSums {
  readonly entries: number;
  readonly failed: number;
  readonly messages: number;
  /** The batch of the log up to which entries were counted. */
  readonly partition: number;
  readonly position: number;
}
export const noSums: ErasureSums = { entries: 0, failed: 0, messages: 0, partition: 0, position: 0 };

/** The deletion of one person: asked for, under way, done. Nothing of the person is in it once it is done. */
export interface ErasureRow {
  readonly workspace: string;
  readonly environment: string;
  readonly id: string;
  /** Their number, which means nobody any more. */
  readonly person: string;
  readonly state: 'closing' | 'working' | 'done';
  /** What is being worked on, and how far: batches of the log, of so many. */
  readonly step: string;
  readonly progress: number;
  readonly total: number;
  readonly requestedAt: number;
  readonly requestedBy: string;
  readonly finishedAt: number | null;
  /** Ids and numbers to look for, sealed; gone when it is done. */
  readonly work: string | null;
  /** {@link ErasureResult} when it is done. */
  readonly result: Json;
  /** What went wrong at the last attempt; it is tried again. */
  readonly error: string | null;
  /** The process that works on it, and until when nobody else may. */
  readonly worker: string | null;
  readonly leaseUntil: number;
  /** {@link ErasureSums} while it is under way. */
  readonly sums: Json;
}
export const erasures: Table<ErasureRow> = {
  name: 'erasures',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    id: 'text',
    person: 'text',
    state: 'text',
    step: 'text',
    progress: 'integer',
    total: 'integer',
    requestedAt: 'instant',
    requestedBy: 'text',
    finishedAt: 'instant',
    work: 'text',
    result: 'json',
    error: 'text',
    worker: 'text',
    leaseUntil: 'instant',
    sums: 'json',
  },
  key: ['workspace', 'environment', 'id'],
};

export const identityTables = [identitySettings, identityKeys, tombstones, erasures] as const;
