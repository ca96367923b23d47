import type { BacktestInput, BacktestProgress } from '@gangway/product/pipeline/backtest/run-backtest.ts';
import type { BacktestFindings } from '@gangway/product/pipeline/backtest/summary.ts';

/** Runs one backtest away from what must not wait. */
export interface BacktestEngine {
  /** Rejects with the signal's reason when it is stopped; nothing goes on after that. */
  run(input: BacktestInput, watch: { progress(progress: BacktestProgress): void; signal: AbortSignal }): Promise<BacktestFindings>;
}
