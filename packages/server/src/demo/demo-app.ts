import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Problem } from '@gangway/product/kernel/problem.ts';

/** The demo application, running beside the server in a thread of its own: it ends with us, and cannot take us along. */
export interface DemoApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Corkboard. Undefined when this installation has no examples folder. Rejects when its port is taken. */
export async function startDemoApp(input: {
  root: string;
  port: number;
  host: string;
  gangway: string;
  writeKey: string;
  dataFolder: string;
  report: (text: string) => void;
}): Promise<DemoApp | undefined> {
  const entry = join(input.root, 'examples', 'board', 'src', 'server.mjs');
  const there = await access(entry).then(
    () => true,
    () => false,
  );
  if (!there) return undefined;
  const { port, host, gangway, writeKey, dataFolder } = input;
  const worker = new Worker(script, {
    eval: true,
    workerData: { entry: pathToFileURL(entry).href, options: { port, host, gangway, writeKey, dataFolder } },
  });
  worker.on('error', (error) => input.report(`The demo application stopped: ${error instanceof Error ? error.message : String(error)}`));
  const [message] = (await once(worker, 'message')) as [{ url?: string; error?: string }];
  if (message.url === undefined) {
    const why = message.error ?? 'it did not say why';
    throw new Problem(
      'demo_failed',
      500,
      `The demo application did not start (${why.replace(/\.$/, '')}). Choose another port with DEMO_PORT, or leave it out with DEMO=off. Nothing was lost.`,
    );
  }
  return {
    url: message.url,
    stop: async () => {
      worker.removeAllListeners('error');
      await worker.terminate();
    },
  };
}

const script = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.entry)
  .then(({ startBoard }) => startBoard(workerData.options))
  .then(({ url }) => parentPort.postMessage({ url }))
  .catch((error) => parentPort.postMessage({ error: error.message }));
`;
