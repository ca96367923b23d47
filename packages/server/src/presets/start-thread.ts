/** How the threads of this process are started, from source as well as from a bundle. */
export { startWorker as startThread } from '../adapters/duckdb/start-worker.ts';
