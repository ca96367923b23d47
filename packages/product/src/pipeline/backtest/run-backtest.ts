import type { LoggedEntry } from '../../kernel/entry.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Definition, SliceDomain } from '../../kernel/slice.ts';
import type { EventLog } from '../../ports/event-log/event-log.ts';
import type { Body } from '../entry-body.ts';
import { type Candidates, prepareCandidates, type Trial } from './candidate.ts';
import { isLate } from './clocks.ts';
import { inLogOrder } from './in-log-order.ts';
import { createPastDefinitions, type PastDefinitions } from './past-definitions.ts';
import { createRecentIds } from './recent-ids.ts';
import { Simulation } from './simulation.ts';
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

/**
 * Runs a draft, and the version that holds now, over the recorded log: source entries only, through the stages of
 * the path themselves, everything derived made anew. Nothing is written anywhere.
 *
 * What was published besides holds as the log says, as far as the draft depends on it, and a definition's first
 * version from the beginning: before it nothing of it was known. Memory grows with the people of the environment,
 * not with their events.
 *
 * @param thorough runs everything that was published and applies every entry. Comes to the same, for tests to see.
 * @throws RangeError when the body concerns nobody by a rule
 */
export async function runBacktest(input: BacktestInput, deps: BacktestDeps, { thorough = false } = {}): Promise<BacktestFindings> {
  const candidates = prepareCandidates(input.trial, deps.domains);
  if (!candidates) throw new RangeError('this has no rule that could be tried');
  const past = createPastDefinitions({ ...input, domains: deps.domains, candidates, whole: thorough });
  const isFirst = createRecentIds();
  const simulation = new Simulation({
    ...{ scope: input.scope, registry: past.registry(), candidates: listOf(candidates) },
    ...{ definitions: past.all, domains: deps.domains, isFirst, thorough },
  });
  const told = { since: undefined as number | undefined, events: 0, late: 0 };
  let done = 0;
  const of = await batchesOf(deps.log);
  for await (const { batches, entries } of inLogOrder(deps.log)) {
    for (const entry of entries) {
      if (!concerns(entry, input)) continue;
      told.since ??= entry.at;
      if (entry.body.what === 'event') told.events++;
      if (isLate(entry)) told.late++;
      const taking = entry.body.what === 'definition' ? define({ simulation, past, isFirst }, entry, entry.body) : simulation.take(entry);
      // A promise costs as much as most entries do.
      if (taking) await taking;
    }
    done += batches;
    await deps.progress({ done, of });
  }
  await simulation.finish(input.until);
  return summarise({ ...input, candidates, simulation, ...told });
}

interface Run {
  readonly simulation: Simulation;
  readonly past: PastDefinitions;
  isFirst(entry: LoggedEntry): boolean;
}

function define({ simulation, past, isFirst }: Run, entry: LoggedEntry, body: Body<'definition'>): Promise<void> | undefined {
  if (!isFirst(entry) || !past.isForEverybody(body)) return undefined;
  return simulation.define(entry, past.note(body) ? past.registry() : undefined);
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
