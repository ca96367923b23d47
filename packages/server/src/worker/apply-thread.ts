import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import { startThread } from '../presets/start-thread.ts';
import type { ThreadStoreSettings } from '../presets/thread-store.ts';
import type { ApplyAnswer, ApplyOrder } from './apply-messages.ts';
import type { Loop } from './loop.ts';
import type { StartApplying } from './run-path.ts';

const longestPause = 5_000;

interface Surroundings {
  readonly store: ThreadStoreSettings;
  /** What the thread says goes out here. */
  readonly signal: Signal;
  readonly report: (error: unknown, what: string) => void;
  /** Told of each thread, also of those that follow one that died. */
  readonly started?: (thread: Worker) => void;
}

/**
 * Applies in a thread of its own: folding a batch takes tens of milliseconds, in which no request would be answered.
 * A thread that dies is reported and started again; what it had not committed it does again.
 */
export function applyInThread(surroundings: Surroundings): StartApplying {
  return (partition, applied) => {
    // What one thread publishes another would not hear of: a log in a table has one partition.
    if (partition !== 0) throw new Error('one thread applies one partition');
    return new ApplyThread({ ...surroundings, partition, applied });
  };
}

class ApplyThread implements Loop {
  readonly #input: Surroundings & { readonly partition: number; readonly applied: () => void };
  readonly #wake = new AbortController();
  readonly #done: Promise<void>;
  #worker: Worker | undefined;
  /** Since something was last applied. */
  #deaths = 0;

  constructor(input: Surroundings & { readonly partition: number; readonly applied: () => void }) {
    this.#input = input;
    this.#done = this.#run();
  }

  kick(): void {
    this.#worker?.postMessage('kick');
  }

  async stop(): Promise<void> {
    this.#wake.abort();
    this.#worker?.postMessage('stop');
    await this.#done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#wake;
    for (; !signal.aborted; this.#deaths++) {
      const pause = this.#deaths === 0 ? 0 : Math.min(longestPause, 50 * 2 ** this.#deaths);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const { partition, store, report } = this.#input;
      const order: ApplyOrder = { partition, store };
      const worker = startThread('apply-worker', import.meta.url, order);
      this.#worker = worker;
      this.#input.started?.(worker);
      worker.on('message', (answer: ApplyAnswer) => this.#take(answer));
      worker.on('error', (error) => report(error, `the thread that applies partition ${partition}`));
      await new Promise((resolve) => worker.once('exit', resolve));
    }
  }

  #take(answer: ApplyAnswer): void {
    const { signal, report, applied } = this.#input;
    if (answer.say === 'report') {
      report(answer.error, answer.what);
      return;
    }
    for (const { topic, payload } of answer.tellings) signal.publish(topic, payload);
    if (!answer.applied) return;
    this.#deaths = 0;
    applied();
  }
}
