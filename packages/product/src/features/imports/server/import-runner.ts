import type { Scope } from '../../../kernel/scope.ts';
import type { Offered } from '../../../pipeline/append.ts';
import { claimRow } from '../../../pipeline/claim-row.ts';
import type { Path } from '../../../pipeline/path.ts';
import { createWokenWork } from '../../../pipeline/woken-work.ts';
import type { Services } from '../../../ports/http/route.ts';
import type { ImportReject } from '../contract.ts';
import { checkChunk } from './import-chunk.ts';
import { readRows, type SourceRow } from './read-rows.ts';
import { removeFile, removeLeftFiles } from './remove-file.ts';
import { type ImportRow, importRejects, imports } from './tables.ts';

export interface ImportRunnerDeps {
  readonly services: Services;
  readonly offer: Path['offer'];
  /** Batches of the log that wait to be applied. */
  waiting(): Promise<number>;
  readonly report: (error: unknown) => void;
}

/** Works on imports, one at a time. */
export interface ImportRunner {
  /** Looks for work now: after a start of the server, after a command. */
  wake(): void;
  /** Stops between two chunks; the rest goes on at the next start. */
  close(): Promise<void>;
}

const chunkRows = 500;
/** So many unapplied batches are enough: visitors’ events come first. */
const enoughWaiting = 50;
const lease = 60_000;
/** Of more rejects only the number is kept. */
const keptRejects = 10_000;

/** Runs what is `checking` or `running`, goes on where a process that died had come to. */
export function createImportRunner(deps: ImportRunnerDeps): ImportRunner {
  const worker = deps.services.id('worker');
  const work = createWokenWork(async () => {
    await removeLeftFiles(deps.services).catch(deps.report);
    for (let row = await claim(deps, worker); row && !work.stopped; row = await claim(deps, worker))
      await run(deps, row, () => work.stopped);
  }, deps.report);
  // The lease of a process that died runs out some time after this one has started.
  const timer = setInterval(work.wake, lease / 2);
  timer.unref();
  return {
    wake: work.wake,
    close() {
      clearInterval(timer);
      return work.stop();
    },
  };
}

/** Takes the oldest import that nobody works on. */
async function claim({ services: { db, clock } }: ImportRunnerDeps, worker: string): Promise<ImportRow | undefined> {
  return db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock(['imports']);
    const waiting = [
      ...(await tx.list(imports, { where: { state: 'checking' }, orderBy: ['createdAt'] })),
      ...(await tx.list(imports, { where: { state: 'running' }, orderBy: ['createdAt'] })),
    ];
    const now = clock.now();
    const free = waiting.find((row) => row.worker === worker || row.leaseUntil <= now);
    return free && claimRow(tx, imports, free, { worker, now, lease, lock: `import:${free.id}` });
  });
}

/** From the first row that is not settled to the end, a cancel, or a fault that is told. */
async function run(deps: ImportRunnerDeps, row: ImportRow, closed: () => boolean): Promise<void> {
  let [current, skipped, bytesRead]: [ImportRow | undefined, number, number] = [row, 0, row.bytesRead];
  let chunk: SourceRow[] = [];
  const settle = async (ended: boolean) => {
    if (current) current = await settleChunk(deps, current, { chunk, bytesRead, ended });
    chunk = [];
  };
  try {
    for await (const source of readRows(deps.services.files, row, (bytes) => {
      bytesRead = bytes;
    })) {
      if (closed() || !current) return;
      if (skipped++ < row.position) continue;
      chunk.push(source);
      if (chunk.length < chunkRows) continue;
      await settle(false);
      await restUntilApplied(deps, closed);
    }
    if (!closed() && current) await settle(true);
  } catch (error) {
    deps.report(error);
    await fail(deps, row, error);
  }
}

/** Not more than the pipeline can follow, and nothing while the disk runs short: events of visitors need the room. */
async function restUntilApplied({ waiting, services }: ImportRunnerDeps, closed: () => boolean): Promise<void> {
  while (!closed() && (services.space() !== 'ample' || (await waiting()) > enoughWaiting))
    await new Promise((done) => setTimeout(done, 100));
}

/**
 * Offers a chunk, then notes how far the import has come. A crash in between offers it twice, and the message ids
 * make the second a duplicate. Undefined when somebody has cancelled it.
 */
async function settleChunk(
  { services, offer }: ImportRunnerDeps,
  row: ImportRow,
  { chunk, bytesRead, ended }: { chunk: readonly SourceRow[]; bytesRead: number; ended: boolean },
): Promise<ImportRow | undefined> {
  const { db, clock, digest } = services;
  const scope: Scope = { workspace: row.workspace, environment: row.environment };
  const now = clock.now();
  const { events, rejects } = checkChunk(row, chunk, { digest, now });
  if (row.state === 'running' && events.length > 0) await send(offer, scope, { events, row, now });
  const next = await db.transaction({ as: 'request', scope }, async (tx) => {
    await tx.lock([`import:${row.id}`]);
    const [known] = await tx.get(imports, [row]);
    if (known?.state !== row.state || known.worker !== row.worker) return undefined;
    const room = Math.max(0, keptRejects - known.rejected);
    await tx.put(
      importRejects,
      rejects.slice(0, room).map((reject) => toRejectRow(row, reject)),
    );
    const settled: ImportRow = {
      ...known,
      position: known.position + chunk.length,
      passed: known.passed + events.length,
      rejected: known.rejected + rejects.length,
      bytesRead,
      leaseUntil: now + lease,
      ...(ended ? { state: row.state === 'checking' ? ('checked' as const) : ('done' as const), worker: null, finishedAt: now } : {}),
    };
    await tx.put(imports, [settled]);
    return settled;
  });
  if (next?.state === 'done') await removeFile(services, next);
  return next;
}

function send(
  offer: Path['offer'],
  scope: Scope,
  { events, row, now }: { events: CheckedEvents; row: ImportRow; now: number },
): Promise<Offered> {
  return offer(scope, { body: { batch: events }, context: { receivedAt: now, key: 'secret', requestId: row.id } });
}
type CheckedEvents = ReturnType<typeof checkChunk>['events'];

function toRejectRow({ workspace, environment, id }: ImportRow, { line, reason, path, message }: ImportReject) {
  return { workspace, environment, import: id, line, reason, path, message };
}

/** An import that failed is over, and its file goes as that of one that was cancelled. */
async function fail({ services }: ImportRunnerDeps, row: ImportRow, error: unknown): Promise<void> {
  const scope: Scope = { workspace: row.workspace, environment: row.environment };
  const told = error instanceof Error ? error.message : 'The file could not be read.';
  const failed = await services.db.transaction({ as: 'request', scope }, async (tx) => {
    await tx.lock([`import:${row.id}`]);
    const [known] = await tx.get(imports, [row]);
    if (known?.state !== row.state || known.worker !== row.worker) return undefined;
    const ended: ImportRow = { ...known, state: 'failed', error: told.slice(0, 500), worker: null, finishedAt: services.clock.now() };
    await tx.put(imports, [ended]);
    return ended;
  });
  if (failed) await removeFile(services, failed);
}
