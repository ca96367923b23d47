import type { Json } from '../../kernel/json.ts';
import type { ColumnType, Table } from './db.ts';

/** One column of every type, each of which may be null except the key. */
export interface SampleRow {
  workspace: string;
  environment: string;
  id: string;
  label: string | null;
  count: number | null;
  ratio: number | null;
  open: boolean | null;
  data: Json;
  seenAt: number | null;
}

/** Belongs to a workspace, whatever the environment. */
export interface MemberRow {
  workspace: string;
  id: string;
  label: string;
}

/** Belongs to the machine. */
export interface CounterRow {
  id: string;
  count: number;
}

/** Has the digest alone in its key, and belongs to an environment all the same. */
export interface DigestRow {
  digest: string;
  other: string | null;
  workspace: string;
  environment: string;
}

export const samples: Table<SampleRow> = {
  name: 'contract_samples',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    id: 'text',
    label: 'text',
    count: 'integer',
    ratio: 'number',
    open: 'boolean',
    data: 'json',
    seenAt: 'instant',
  },
  key: ['workspace', 'environment', 'id'],
};

export const members: Table<MemberRow> = {
  name: 'contract_members',
  kind: 'source',
  columns: { workspace: 'text', id: 'text', label: 'text' },
  key: ['workspace', 'id'],
};

export const counters: Table<CounterRow> = {
  name: 'contract_counters',
  kind: 'derived',
  columns: { id: 'text', count: 'integer' },
  key: ['id'],
};

export const digests: Table<DigestRow> = {
  name: 'contract_digests',
  kind: 'derived',
  columns: { digest: 'digest', other: 'digest', workspace: 'text', environment: 'text' },
  key: ['digest'],
};

/** The tables of the contract: in an environment, in a workspace, in none, and in an environment that the key does not name. */
export const testTables = [samples, members, counters, digests] as const;

/** What a store must know of a table to create it. */
export interface TableFacts {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly nullable: boolean }[];
  readonly key: readonly string[];
  /** How far a row belongs to a tenant: what row-level security compares. */
  readonly tenant: readonly ('workspace' | 'environment')[];
}

/** The facts of a table's declaration, key columns not nullable. */
export function tableFacts<Row extends object>(table: Table<Row>): TableFacts {
  const columns = Object.entries(table.columns) as [keyof Row & string, ColumnType][];
  return {
    name: table.name,
    columns: columns.map(([name, type]) => ({ name, type, nullable: !table.key.includes(name) })),
    key: table.key,
    tenant: (['workspace', 'environment'] as const).filter((column) => column in table.columns),
  };
}
