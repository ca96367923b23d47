import type { Clock } from '@gangway/product/kernel/clock.ts';
import { type Scope, scopeKey } from '@gangway/product/kernel/scope.ts';
import { type DecisionVerdict, decisionVerdicts } from '@gangway/product/pipeline/holdout.ts';
import type { LiveSurface } from '@gangway/product/pipeline/live-surface.ts';
import type { Registry } from '@gangway/product/pipeline/registry.ts';
import type { PersonRow } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import { writeDecisions } from './write-decisions.ts';

/** A decision that may differ from the one before, on its way to the store, with what it was made from. */
export interface NotedDecision {
  readonly scope: Scope;
  readonly registry: Registry;
  readonly live: LiveSurface;
  readonly person: PersonRow;
  readonly verdict: DecisionVerdict;
  readonly at: number;
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
/** Decisions of one transaction: so many that it is worth one, so few that no page waits for their turn. */
const writtenAtOnce = 250;

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
      const all = waiting;
      waiting = [];
      for (let from = 0; from < all.length; from += writtenAtOnce) {
        const some = all.slice(from, from + writtenAtOnce);
        await writeDecisions(input, some).catch((error) => {
          // What could not be written is noted again at the next manifest.
          for (const { registry, scope, person } of some) known.get(registry)?.delete(personKey(scope, person));
          input.report(error);
        });
      }
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
      const key = personKey(scope, row);
      const code = encode(verdicts);
      const before = people.get(key);
      if (code === before || waiting.length + verdicts.length > waitingAtMost) return;
      if (people.size >= remembered) people.clear();
      people.set(key, code);
      for (const [index, verdict] of verdicts.entries()) {
        const live = registry.surfaces[index];
        if (!live || before?.[index] === code[index]) continue;
        waiting.push({ scope, registry, live, person: row, verdict, at: now });
      }
    },
    flush,
    close: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}

function personKey(scope: Scope, { id }: Pick<PersonRow, 'id'>): string {
  return `${scopeKey(scope)}/${id}`;
}

const letters = Object.fromEntries(decisionVerdicts.map((verdict, index) => [verdict, String(index)])) as Readonly<
  Record<DecisionVerdict, string>
>;

/** One character a content: what is compared must be small. */
function encode(verdicts: readonly DecisionVerdict[]): string {
  let code = '';
  for (const verdict of verdicts) code += letters[verdict];
  return code;
}
