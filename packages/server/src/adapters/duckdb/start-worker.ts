import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/**
 * Starts a worker that lies beside its caller: `<name>.ts` while we run from source, `<name>.mjs` in a bundle.
 *
 * @param beside the caller's `import.meta.url`
 */
export function startWorker(name: string, beside: string, workerData: unknown, resourceLimits: ResourceLimits = {}): Worker {
  const options = { workerData, resourceLimits };
  if (!new URL(beside).pathname.endsWith('.ts')) return new Worker(new URL(`./${name}.mjs`, beside), options);
  // A worker does not inherit the loader that strips types, and on Node 20 `--import` does not bring it in either.
  const loader = new URL('./esm/api/index.mjs', pathToFileURL(createRequire(beside).resolve('tsx'))).href;
  const source = new URL(`./${name}.ts`, beside).href;
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(start, { ...options, eval: true, execArgv: [] });
}
