import type { Json } from '@gangway/product/kernel/json.ts';
import type { Table } from '@gangway/product/ports/db/db.ts';
import type { BacktestRow as BacktestWire } from '@gangway/product/wire/backtest.ts';

/** One backtest: what is tried, how far it is. */
export interface BacktestRow {
  readonly workspace: string;
  readonly environment: string;
  readonly id: string;
  readonly slice: string;
  readonly definition: string;
  readonly name: string;
  readonly state: BacktestWire['state'];
  readonly draft: Json;
  /** Null = nothing of it holds. */
  readonly published: Json;
  readonly publishedVersion: number | null;
  readonly from: number;
  readonly until: number;
  readonly zone: string;
  readonly done: number;
  readonly of: number;
  readonly error: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** The process that works on it, and until when nobody else may. */
  readonly worker: string | null;
  readonly leaseUntil: number;
}
export const backtests: Table<BacktestRow> = {
  name: 'backtests',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    id: 'text',
    slice: 'text',
    definition: 'text',
    name: 'text',
    state: 'text',
    draft: 'json',
    published: 'json',
    publishedVersion: 'integer',
    from: 'instant',
    until: 'instant',
    zone: 'text',
    done: 'integer',
    of: 'integer',
    error: 'text',
    createdAt: 'instant',
    createdBy: 'text',
    startedAt: 'instant',
    finishedAt: 'instant',
    worker: 'text',
    leaseUntil: 'instant',
  },
  key: ['workspace', 'environment', 'id'],
};

/** What a run came to, apart from its row, because it is large: counts, and the list of subjects. */
export interface BacktestResultRow {
  readonly workspace: string;
  readonly environment: string;
  readonly id: string;
  readonly findings: Json;
  readonly listed: Json;
}
export const backtestResults: Table<BacktestResultRow> = {
  name: 'backtest_results',
  kind: 'source',
  columns: { workspace: 'text', environment: 'text', id: 'text', findings: 'json', listed: 'json' },
  key: ['workspace', 'environment', 'id'],
};

export const backtestTables = [backtests, backtestResults] as const;
