import { runRows } from './duckdb-schema.ts';
import type { RunApart } from './run-apart.ts';

/** The runs that wait to be joined. */
export interface Runs {
  readonly count: number;
  readonly rows: number;
}

/** Run lengths that are joined: more of them are written again later, fewer leave a person in more places. */
const lengthsToJoin = 4;
/** Long rows fill the memory before a run has its length. A person lies in each run, so there are never many of them. */
const mostRuns = 12;

/** Whether it is time: they have as many rows as four runs of full length, or are too many to look into. */
export function areDue({ count, rows }: Runs, runLength: number): boolean {
  return rows >= lengthsToJoin * runLength || count >= mostRuns;
}

/**
 * Makes one run of all runs, in the transaction that is open: what queries find is the same. A share of the people
 * at a time, so that no more rows are sorted at once than about a run length; more need not fit into the memory.
 */
export async function joinRuns(run: RunApart): Promise<void> {
  const borders = await bordersOfShares(run);
  for (const [index, border] of [...borders, null].entries()) {
    const above = index === 0 ? 'true' : `person > ${borders[index - 1]}`;
    const below = border === null ? 'true' : `person <= ${border}`;
    await run(`insert into sorted_rows select * from run_rows where ${above} and ${below} order by person, k`);
  }
  await run('drop table run_rows');
  await run(runRows);
  await run('delete from runs');
}

/** The last person of every share but the last. */
async function bordersOfShares(run: RunApart): Promise<readonly number[]> {
  const shares = Array.from({ length: lengthsToJoin - 1 }, (_, index) => (index + 1) / lengthsToJoin).join(', ');
  const borders = `select distinct unnest(quantile_disc(person, [${shares}])) as border from run_rows order by border`;
  return (await run(borders)).map(([border]) => Number(border));
}
