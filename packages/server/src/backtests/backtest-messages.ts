import type { BacktestInput, BacktestProgress } from '@gangway/product/pipeline/backtest/run-backtest.ts';
import type { BacktestFindings } from '@gangway/product/pipeline/backtest/summary.ts';
import type { ThreadStoreSettings } from '../presets/thread-store.ts';

/** What a backtest's thread is started with. */
export interface BacktestOrder {
  readonly input: BacktestInput;
  readonly log: ThreadStoreSettings;
}

/** What it says: how far it is, then one of the other two. */
export type BacktestAnswer =
  | { readonly say: 'progress'; readonly progress: BacktestProgress }
  | { readonly say: 'found'; readonly findings: BacktestFindings }
  | { readonly say: 'failed'; readonly reason: string };
