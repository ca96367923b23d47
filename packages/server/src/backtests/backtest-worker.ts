import { parentPort, workerData } from 'node:worker_threads';
import { runBacktest } from '@gangway/product/pipeline/backtest/run-backtest.ts';
import { domains } from '../domains.ts';
import { openThreadStore } from '../presets/thread-store.ts';
import type { BacktestAnswer, BacktestOrder } from './backtest-messages.ts';

const say = (answer: BacktestAnswer) => parentPort?.postMessage(answer);
/** Milliseconds between two words of progress. */
const progressEvery = 200;

async function work({ input, log: settings }: BacktestOrder): Promise<void> {
  const { log, close } = openThreadStore(settings);
  let told = 0;
  try {
    const findings = await runBacktest(input, {
      ...{ log, domains },
      progress: (progress) => {
        const now = performance.now();
        if (now - told < progressEvery) return;
        told = now;
        say({ say: 'progress', progress });
      },
    });
    say({ say: 'found', findings });
  } finally {
    await close();
  }
}

work(workerData as BacktestOrder).catch((error: unknown) =>
  say({ say: 'failed', reason: error instanceof Error ? error.message : String(error) }),
);
