import type { IdentityMode } from '../../../kernel/door.ts';
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
}
export const tombstones: Table<TombstoneRow> = {
  name: 'tombstones',
  kind: 'source',
  columns: { workspace: 'text', environment: 'text', hash: 'text', erasure: 'text', at: 'instant', refused: 'integer' },
  key: ['workspace', 'environment', 'hash'],
};

export const identityTables = [identitySettings, identityKeys, tombstones] as const;
