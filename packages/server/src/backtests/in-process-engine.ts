import { setImmediate as turn } from 'node:timers/promises';
import { runBacktest } from '@gangway/product/pipeline/backtest/run-backtest.ts';
import type { EventLog } from '@gangway/product/ports/event-log/event-log.ts';
import { domains } from '../domains.ts';
import type { BacktestEngine } from './backtest-engine.ts';

/**
 * On this thread, letting others work after every read of the log: for a log that a second thread cannot open by
 * itself, such as one with a journal of this process.
 */
export function createInProcessEngine(log: EventLog): BacktestEngine {
  return {
    run: (input, { progress, signal }) =>
      runBacktest(input, {
        ...{ log, domains },
        progress: async (how) => {
          signal.throwIfAborted();
          progress(how);
          await turn();
        },
      }),
  };
}
