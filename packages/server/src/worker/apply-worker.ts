import { parentPort, workerData } from 'node:worker_threads';
import { distinctScopes } from '@gangway/product/kernel/scope-map.ts';
import { type ApplyDeps, applyNext } from '@gangway/product/pipeline/apply.ts';
import { IdentityMemory } from '@gangway/product/pipeline/identity-memory.ts';
import { createRegistries } from '@gangway/product/pipeline/registry.ts';
import { live } from '@gangway/product/pipeline/tables.ts';
import type { Signals, Topic } from '@gangway/product/ports/signal/signal.ts';
import { domains } from '../domains.ts';
import { openThreadStore } from '../presets/thread-store.ts';
import { sha256 } from '../sha256.ts';
import { startApplyLoop } from './apply-loop.ts';
import type { ApplyAnswer, ApplyOrder, ApplyRequest, Telling } from './apply-messages.ts';
import { readAhead } from './read-ahead.ts';

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
const deps: ApplyDeps = {
  db: store.db,
  log: readAhead(store.log),
  signal,
  domains,
  registries,
  digest: sha256,
  remembered: new IdentityMemory(),
  report: setAside,
  mode: 'live',
};
let begun = false;

async function step(number: number): Promise<boolean> {
  let applied = false;
  try {
    if (!begun) await tellOfDefinitions();
    begun = true;
    applied = await applyNext(deps, number);
    return applied;
  } finally {
    // Also when it failed: some of it may have been done, and those who wait for it must hear.
    if (applied || tellings.length > 0) say({ say: 'stepped', applied, tellings });
    tellings = [];
  }
}

/** A thread before this one may have died with the news that something was published: everybody reads it again. */
async function tellOfDefinitions(): Promise<void> {
  const published = await store.db.transaction({ as: 'system' }, (tx) => tx.list(live, { where: {} }));
  for (const scope of distinctScopes(published)) signal.publish('definitions', scope);
}

const loop = startApplyLoop({ partition, apply: step, report });

parentPort?.on('message', (request: ApplyRequest) => {
  if (request === 'kick') loop.kick();
  else void stop();
});

async function stop(): Promise<void> {
  await loop.stop();
  await store.close();
  parentPort?.close();
}

/** An error of ours may carry what cannot travel between threads; what is written down of it can. */
function cloneable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const cause = error.cause === undefined ? {} : { cause: cloneable(error.cause) };
  const copy = Object.assign(new Error(error.message, cause), 'code' in error ? { code: String(error.code) } : {});
  copy.name = error.name;
  if (error.stack !== undefined) copy.stack = error.stack;
  return copy;
}
