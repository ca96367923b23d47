import type { Table } from '../../../ports/db/db.ts';

/** An invitation of one guest to one plan: only the hash of its token is kept, and it works once. */
export interface PortalLinkRow {
  readonly workspace: string;
  readonly environment: string;
  readonly hash: string;
  readonly plan: string;
  readonly email: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}
export const portalLinks: Table<PortalLinkRow> = {
  name: 'portal_links',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    hash: 'text',
    plan: 'text',
    email: 'text',
    createdAt: 'instant',
    expiresAt: 'instant',
    usedAt: 'instant',
  },
  key: ['workspace', 'environment', 'hash'],
};

export interface GuestSessionRow {
  readonly workspace: string;
  readonly environment: string;
  readonly hash: string;
  readonly plan: string;
  readonly email: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}
export const guestSessions: Table<GuestSessionRow> = {
  name: 'guest_sessions',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    hash: 'text',
    plan: 'text',
    email: 'text',
    createdAt: 'instant',
    expiresAt: 'instant',
  },
  key: ['workspace', 'environment', 'hash'],
};

export const portalTables = [portalLinks, guestSessions] as const;
