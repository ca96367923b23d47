import { parentPort, workerData } from 'node:worker_threads';
import type { Columns, DuckdbAnswer, DuckdbRequest, DuckdbSettings } from './duckdb-messages.ts';
import { openDuckdbStore } from './duckdb-store.ts';
import { WriteQueue } from './write-queue.ts';

const say = (answer: DuckdbAnswer) => parentPort?.postMessage(answer);
const sayColumns = (number: number, value: Columns) => {
  const handedOver = value.values.flatMap((column) => (column instanceof Float64Array ? [column.buffer as ArrayBuffer] : []));
  parentPort?.postMessage({ say: 'answer', number, value } satisfies DuckdbAnswer, handedOver);
};
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function serve(settings: DuckdbSettings): Promise<void> {
  const store = await openDuckdbStore(settings, (sentence) => say({ say: 'told', sentence }));
  const writes = new WriteQueue(store);
  parentPort?.on('message', async ({ number, request }: { number: number; request: DuckdbRequest }) => {
    try {
      if (request.ask === 'write') {
        await writes.add(request.batch);
        say({ say: 'answer', number, value: null });
      } else if (request.ask === 'erase') {
        await store.erase(request.scope, request.people);
        say({ say: 'answer', number, value: null });
      } else if (request.ask === 'position') say({ say: 'answer', number, value: store.position(request.partition) });
      else if (request.ask === 'run') sayColumns(number, await store.run(request.statement, number));
      else if (request.ask === 'newest') say({ say: 'answer', number, value: await store.newest(request.page, number) });
      else if (request.ask === 'interrupt') {
        store.interrupt(request.run);
        say({ say: 'answer', number, value: null });
      } else {
        await writes.settled();
        await store.close();
        say({ say: 'answer', number, value: null });
        parentPort?.close();
      }
    } catch (error) {
      say({ say: 'refusal', number, reason: reasonOf(error) });
    }
  });
  say({ say: 'opened', setAside: store.setAside });
}

serve(workerData as DuckdbSettings).catch((error: unknown) => say({ say: 'failed to open', reason: reasonOf(error) }));
