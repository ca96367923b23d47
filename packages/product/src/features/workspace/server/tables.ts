import type { Table } from '../../../ports/db/db.ts';

export interface WorkspaceRow {
  readonly workspace: string;
  readonly name: string;
  /** IANA name of the zone in which days begin. */
  readonly timezone: string;
  readonly createdAt: number;
}
export const workspaces: Table<WorkspaceRow> = {
  name: 'workspaces',
  kind: 'source',
  columns: { workspace: 'text', name: 'text', timezone: 'text', createdAt: 'instant' },
  key: ['workspace'],
};

export interface EnvironmentRow {
  readonly workspace: string;
  /** Unique in the installation, not only in the workspace: it is in public addresses. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'demo' | 'test';
  readonly writeKey: string;
  /** SPKI, base64. */
  readonly publicKey: string;
  /** PKCS #8, sealed. */
  readonly privateKey: string;
  readonly createdAt: number;
}
export const environments: Table<EnvironmentRow> = {
  name: 'environments',
  kind: 'source',
  columns: {
    workspace: 'text',
    id: 'text',
    name: 'text',
    kind: 'text',
    writeKey: 'text',
    publicKey: 'text',
    privateKey: 'text',
    createdAt: 'instant',
  },
  key: ['workspace', 'id'],
};

export interface KeyTableRow {
  readonly workspace: string;
  readonly environment: string;
  readonly id: string;
  readonly kind: 'public' | 'secret';
  readonly label: string;
  /** What may be shown of it. */
  readonly prefix: string;
  readonly hash: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}
export const keys: Table<KeyTableRow> = {
  name: 'keys',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    id: 'text',
    kind: 'text',
    label: 'text',
    prefix: 'text',
    hash: 'text',
    createdAt: 'instant',
    revokedAt: 'instant',
  },
  key: ['workspace', 'environment', 'id'],
};

export interface UserRow {
  readonly workspace: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: number;
}
export const users: Table<UserRow> = {
  name: 'users',
  kind: 'source',
  columns: { workspace: 'text', id: 'text', email: 'text', name: 'text', createdAt: 'instant' },
  key: ['workspace', 'id'],
};

/** A link in a mail: only its hash is kept, and it works once. */
export interface SignInLinkRow {
  readonly workspace: string;
  readonly hash: string;
  readonly user: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}
export const signInLinks: Table<SignInLinkRow> = {
  name: 'sign_in_links',
  kind: 'source',
  columns: { workspace: 'text', hash: 'text', user: 'text', createdAt: 'instant', expiresAt: 'instant', usedAt: 'instant' },
  key: ['workspace', 'hash'],
};

export interface SessionRow {
  readonly workspace: string;
  readonly hash: string;
  readonly user: string;
  readonly createdAt: number;
  readonly lastSeen: number;
}
export const sessions: Table<SessionRow> = {
  name: 'sessions',
  kind: 'source',
  columns: { workspace: 'text', hash: 'text', user: 'text', createdAt: 'instant', lastSeen: 'instant' },
  key: ['workspace', 'hash'],
};

export const workspaceTables = [workspaces, environments, keys, users, signInLinks, sessions] as const;
