import type { LoggedEntry } from '../../kernel/entry.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Definition, SliceDomain } from '../../kernel/slice.ts';
import type { EventLog } from '../../ports/event-log/event-log.ts';
import { prefetch } from '../working-set.ts';
import { type Candidates, prepareCandidates, type Trial } from './candidate.ts';
import { inLogOrder } from './in-log-order.ts';
import { createPastDefinitions, type PastDefinitions } from './past-definitions.ts';
import { createRecentIds } from './recent-ids.ts';
import { isLate, Simulation } from './simulation.ts';
import { type BacktestFindings, summarise } from './summary.ts';

/** A backtest: a draft and what holds now, over what happened. */
export interface BacktestInput {
  readonly scope: Scope;
  readonly trial: Trial;
  /** Every version that was ever published in the environment. */
  readonly versions: readonly Definition[];
  /** The period that is reported, epoch milliseconds. What happened before it counts as the past of everybody. */
  readonly from: number;
  readonly until: number;
  /** IANA zone in which the days of the report are counted. */
  readonly zone: string;
}

/** How far a run has come, in batches of the log. */
export interface BacktestProgress {
  readonly done: number;
  readonly of: number;
}

/** What a run works with besides its input. */
export interface BacktestDeps {
  readonly log: Pick<EventLog, 'partitions' | 'read' | 'end'>;
  readonly domains: readonly SliceDomain[];
  /** Told after every read; what it returns is waited for, so that a caller can let others work, or throw to stop. */
  progress(progress: BacktestProgress): Promise<void> | void;
}

/** Entries that are prefetched together. */
const entriesATime = 2_000;

/**
 * Runs a draft, and the version that holds now, over the recorded log: source entries only, through the stages of
 * the path themselves, everything derived made anew. Nothing is written anywhere.
 *
 * What was published besides holds as the log says, and a definition's first version from the beginning: before
 * it nothing of it was known. Memory grows with the people of the environment, not with their events.
 *
 * @throws RangeError when the body concerns nobody by a rule
 */
export async function runBacktest(input: BacktestInput, deps: BacktestDeps): Promise<BacktestFindings> {
  const candidates = prepareCandidates(input.trial, deps.domains);
  if (!candidates) throw new RangeError('this has no rule that could be tried');
  const past = createPastDefinitions({ ...input, domains: deps.domains, candidates });
  const simulation = new Simulation({ scope: input.scope, registry: past.registry(), candidates: listOf(candidates) });
  const told = { since: undefined as number | undefined, events: 0, late: 0 };
  const run: Run = { simulation, past, fresh: createRecentIds() };
  let done = 0;
  const of = await batchesOf(deps.log);
  for await (const { batches, entries } of inLogOrder(deps.log)) {
    const own = entries.filter((entry) => concerns(entry, input));
    told.since ??= own[0]?.at;
    told.events += own.filter(({ body }) => body.what === 'event').length;
    told.late += own.filter(isLate).length;
    for (const chunk of chunksOf(own)) await takeChunk(run, chunk);
    done += batches;
    await deps.progress({ done, of });
  }
  await simulation.finish(input.until);
  return summarise({ ...input, candidates, simulation, ...told });
}

/** A definition ends its chunk: what its rules make of an entry is known only after it. */
function* chunksOf(entries: readonly LoggedEntry[]): Generator<LoggedEntry[]> {
  let chunk: LoggedEntry[] = [];
  for (const entry of entries) {
    chunk.push(entry);
    if (chunk.length < entriesATime && entry.body.what !== 'definition') continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}

interface Run {
  readonly simulation: Simulation;
  readonly past: PastDefinitions;
  readonly fresh: (entry: LoggedEntry) => boolean;
}

async function takeChunk({ simulation, past, fresh }: Run, chunk: readonly LoggedEntry[]): Promise<void> {
  const work = chunk.map((entry) => ({ entry, worth: simulation.worth(entry) })).filter(({ worth }) => worth !== 'nothing');
  await prefetch(
    simulation.set,
    work.filter(({ entry, worth }) => worth === 'apply' && simulation.isNew(entry)).map(({ entry }) => entry),
  );
  for (const { entry, worth } of work) {
    // A second copy of what changes nothing changes nothing either, and need not be remembered.
    if (worth === 'apply' && !fresh(entry)) continue;
    if (entry.body.what === 'definition') {
      if (!past.note(entry.body)) continue;
      simulation.useRegistry(past.registry());
    }
    await simulation.take(entry);
  }
}

function listOf({ draft, published }: Candidates) {
  return published ? [draft, published] : [draft];
}

function concerns({ scope, origin, at }: LoggedEntry, input: BacktestInput): boolean {
  return (
    origin === 'source' && at <= input.until && scope.environment === input.scope.environment && scope.workspace === input.scope.workspace
  );
}

async function batchesOf(log: BacktestDeps['log']): Promise<number> {
  let batches = 0;
  for (let partition = 0; partition < log.partitions; partition++) batches += await log.end(partition);
  return batches;
}
