import type { BacktestInput } from '@gangway/product/pipeline/backtest/run-backtest.ts';
import type { BacktestFindings } from '@gangway/product/pipeline/backtest/summary.ts';
import { startThread } from '../presets/start-thread.ts';
import type { ThreadStoreSettings } from '../presets/thread-store.ts';
import type { BacktestEngine } from './backtest-engine.ts';
import type { BacktestAnswer } from './backtest-messages.ts';

/** Memory that a run may use. Documents of people take two to four kilobytes each. */
const memoryMegabytes = 1_024;

/** In a thread of its own with a connection of its own, so that requests and ingestion go on beside it. */
export function createThreadEngine(log: ThreadStoreSettings): BacktestEngine {
  return {
    async run(input: BacktestInput, { progress, signal }) {
      signal.throwIfAborted();
      // Nearly everything that is read is garbage at once: a larger nursery halves the time of its collector.
      const limits = { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 128 };
      const worker = startThread('backtest-worker', import.meta.url, { input, log }, limits);
      try {
        return await new Promise<BacktestFindings>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          worker.on('message', (answer: BacktestAnswer) => {
            if (answer.say === 'progress') progress(answer.progress);
            else if (answer.say === 'found') resolve(answer.findings);
            else reject(new Error(answer.reason));
          });
          worker.on('error', (error) => reject(isOutOfMemory(error) ? new Error(tooManyPeople) : (error as Error)));
          worker.on('exit', () => reject(new Error('the run ended before it was done')));
        });
      } finally {
        await worker.terminate();
      }
    },
  };
}

const tooManyPeople = `There are more people here than ${memoryMegabytes} MB of memory can hold. Nothing was changed.`;

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
