import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection, JS } from '@duckdb/node-api';
import duckdb, { type PendingResult } from '@duckdb/node-bindings';

/** Runs a statement and gives its rows. */
export type RunApart = (text: string) => Promise<readonly (readonly JS[])[]>;

interface Engine {
  /** All that work in it: it has one fewer of its own, for whoever waits for a statement lends it theirs. */
  readonly threads: number;
  /** Whether its own threads may be busy with something else. */
  isBusy(): boolean;
}

/** Milliseconds between two looks at a statement, at the beginning and at most. */
const [firstPause, longestPause] = [1, 10];
/** Milliseconds. No statement of ours should take so long; whatever holds up the engine's thread, somebody then helps. */
const patience = 5000;

/**
 * Leaves statements to the engine's own threads. In `connection.run` a thread of ours helps: it quickens what can be
 * shared, and asks for more without a pause while there is nothing to be shared, be it that a commit waits for the
 * disk. That was a seventh of what DuckDB cost. Nobody waits for what is written, so nobody helps; only while a
 * question runs, which may take the engine's threads to itself, it is as with `connection.run`.
 */
export function runningApart(connection: DuckDBConnection, engine: Engine): RunApart {
  if (engine.threads < 2) return async (text) => (await connection.runAndReadAll(text)).getRowsJS();
  return async (text) => {
    const statement = await connection.start(text);
    const last = Date.now() + patience;
    for (let pause = firstPause; isWaiting(statement) && !engine.isBusy() && Date.now() < last; pause = Math.min(2 * pause, longestPause)) {
      await sleep(pause);
    }
    return (await statement.readAll()).getRowsJS();
  };
}

type Statement = Awaited<ReturnType<DuckDBConnection['start']>>;

/** Whether it needs a thread yet, asked without lending it ours, for which the package above the bindings has no function. */
function isWaiting(statement: Statement): boolean {
  const { pending_result } = statement as unknown as { readonly pending_result: PendingResult };
  const state = duckdb.pending_execute_check_state(pending_result);
  return state === duckdb.PendingState.NO_TASKS_AVAILABLE || state === duckdb.PendingState.RESULT_NOT_READY;
}
