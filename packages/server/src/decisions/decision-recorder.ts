import type { Clock } from '@gangway/product/kernel/clock.ts';
import { type Scope, scopeKey } from '@gangway/product/kernel/scope.ts';
import { type DecisionReason, decisionReasons } from '@gangway/product/pipeline/decision-reasons.ts';
import { type DecisionVerdict, decisionVerdicts } from '@gangway/product/pipeline/holdout.ts';
import type { Registry } from '@gangway/product/pipeline/registry.ts';
import { emptyPersonDoc } from '@gangway/product/pipeline/subject-doc.ts';
import type { PersonRow } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import { writeDecisions } from './write-decisions.ts';

/** A decision that may differ from the one before, on its way to the store. */
export interface NotedDecision {
  readonly scope: Scope;
  readonly person: Pick<PersonRow, 'id' | 'userId' | 'anonymousId'>;
  readonly slice: string;
  readonly definition: string;
  readonly version: number;
  readonly verdict: DecisionVerdict;
  readonly at: number;
  readonly reasons: readonly DecisionReason[];
}

/** Keeps what was decided for people, behind the request that asked. */
export interface DecisionRecorder {
  /** @param verdicts in the order of the registry's surfaces */
  note(scope: Scope, made: { registry: Registry; row: PersonRow; verdicts: readonly DecisionVerdict[]; now: number }): void;
  /** Writes what waits; resolves when it is on disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** People of one set of definitions whose last decisions are remembered, so that what is the same costs nothing. */
const remembered = 20_000;
/** What waits at most; of somebody for whom there is no room all is noted again at the next manifest. */
const waitingAtMost = 10_000;
const flushEvery = 1_000;

export function createDecisionRecorder(input: {
  db: Db;
  signal: Signal;
  clock: Clock;
  report: (error: unknown) => void;
}): DecisionRecorder {
  const known = new WeakMap<Registry, Map<string, string>>();
  let waiting: NotedDecision[] = [];
  let writing: Promise<void> = Promise.resolve();
  const flush = () => {
    writing = writing.then(async () => {
      const batch = waiting;
      waiting = [];
      if (batch.length > 0) await writeDecisions(input, batch).catch(input.report);
    });
    return writing;
  };
  const timer = setInterval(() => {
    if (waiting.length > 0) void flush();
  }, flushEvery);
  timer.unref();
  return {
    note(scope, { registry, row, verdicts, now }) {
      const people = known.get(registry) ?? new Map<string, string>();
      known.set(registry, people);
      const key = `${scopeKey(scope)}/${row.id}`;
      const code = encode(verdicts);
      const before = people.get(key);
      if (code === before || waiting.length + verdicts.length > waitingAtMost) return;
      if (people.size >= remembered) people.clear();
      people.set(key, code);
      for (const [index, verdict] of verdicts.entries()) {
        const live = registry.surfaces[index];
        if (!live || before?.[index] === code[index]) continue;
        const { slice, id, version } = live.definition;
        const reasons = decisionReasons(registry, live, { doc: row.doc ?? emptyPersonDoc, verdict, now });
        waiting.push({ scope, person: row, slice, definition: id, version, verdict, at: now, reasons });
      }
    },
    flush,
    close: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}

/** One character a content: what is compared must be small. */
function encode(verdicts: readonly DecisionVerdict[]): string {
  return verdicts.map((verdict) => decisionVerdicts.indexOf(verdict)).join('');
}
