import { parentPort, workerData } from 'node:worker_threads';
import { applyNext } from '@gangway/product/pipeline/apply.ts';
import { createRegistries } from '@gangway/product/pipeline/registry.ts';
import type { Signals, Topic } from '@gangway/product/ports/signal/signal.ts';
import { domains } from '../domains.ts';
import { openThreadStore } from '../presets/thread-store.ts';
import { startApplyLoop } from './apply-loop.ts';
import type { ApplyAnswer, ApplyOrder, ApplyRequest, Telling } from './apply-messages.ts';

const { partition, store: settings } = workerData as ApplyOrder;
const say = (answer: ApplyAnswer) => parentPort?.postMessage(answer);
const report = (error: unknown, what: string) => say({ say: 'report', error: cloneable(error), what });
const store = openThreadStore(settings, (error) => report(error, 'database'));

let tellings: Telling[] = [];
const signal = {
  publish: <T extends Topic>(topic: T, payload: Signals[T]) => void tellings.push({ topic, payload } as Telling),
};
const registries = createRegistries(domains);
const setAside = (error: unknown, { id }: { readonly id: string }) => report(error, `entry ${id} was set aside`);
const loop = startApplyLoop({
  partition,
  apply: (number) => applyNext({ ...store, signal, domains, registries, report: setAside, mode: 'live' }, number),
  applied: () => {
    say({ say: 'applied', tellings });
    tellings = [];
  },
  report,
});

parentPort?.on('message', (request: ApplyRequest) => {
  if (request === 'kick') loop.kick();
  else void stop();
});

async function stop(): Promise<void> {
  await loop.stop();
  await store.close();
  parentPort?.close();
}

/** An error of ours may carry what cannot travel between threads. */
function cloneable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const copy = new Error(error.message);
  copy.name = error.name;
  if (error.stack !== undefined) copy.stack = error.stack;
  return copy;
}
