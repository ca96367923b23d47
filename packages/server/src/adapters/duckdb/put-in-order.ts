import { chunkSql, daySql } from './day-bits.ts';
import { recentRows } from './duckdb-schema.ts';
import type { RunApart } from './run-apart.ts';

/** What became a run: how many rows, and the highest of their order keys (zero when there are none). */
export interface MadeRun {
  readonly rows: number;
  readonly highest: number;
}

/**
 * Words that come more than once for a person. A milestone is reached once, so there is nothing to add up, in what is
 * most of the rows where people come for the first time.
 */
const repeated = "word in (select id from words where kind <> 'milestone')";

/**
 * Makes all recent rows a run and adds up who did what on which days, in the transaction that is open:
 * what queries find is the same before and after, only sooner.
 */
export async function putInOrder(run: RunApart): Promise<MadeRun> {
  const days = `${chunkSql('k')} as chunk, min(k) as first, bit_or(${daySql('k')}) as days, false as tight`;
  const day = `${chunkSql('k')} as chunk, k as first, ${daySql('k')} as days, true as tight`;
  await run(`insert into sorted_word_days select * from (
      select word, person, ${days} from recent_rows where ${repeated} group by all
      union all select word, person, ${day} from recent_rows where not ${repeated})
    order by chunk, word, person`);
  await run(`insert into sorted_kind_days
    select words.scope as scope, words.kind as kind, person, ${days} from recent_rows join words on words.id = recent_rows.word
    group by all order by chunk, scope, kind, person`);
  await tighten(run, { table: 'sorted_word_days', keys: 'word, person', among: repeated });
  await tighten(run, { table: 'sorted_kind_days', keys: 'scope, kind, person', among: 'true' });
  await run('insert into run_rows select * from recent_rows order by person, k');
  await run('insert into runs select count(*) from recent_rows');
  const [made] = await run('select count(*), max(k) from recent_rows');
  // Deleted rows would be read, and skipped, until the next checkpoint; a new table is empty at once.
  await run('drop table recent_rows');
  await run(recentRows);
  return { rows: Number(made?.[0]), highest: Number(made?.[1]) };
}

/** Rows of a table of days that are added up, by the columns that they share. */
interface Days {
  readonly table: string;
  readonly keys: string;
  /** SQL: which of its rows may be added up. */
  readonly among: string;
}

/**
 * Makes one row of those of a key and chunk, in the chunks in which loose rows outnumber the tight ones: so a row is
 * written again a few times at most, however long the chunk is the newest one.
 */
async function tighten(run: RunApart, { table, keys, among }: Days): Promise<void> {
  const loose = `select chunk from ${table} where ${among} group by chunk having 2 * count(*) filter (where not tight) > count(*)`;
  const chunks = (await run(loose)).map(([chunk]) => Number(chunk));
  if (chunks.length === 0) return;
  const chosen = `chunk in (${chunks.join(', ')}) and ${among}`;
  await run(`create temp table tightened as
    select ${keys}, chunk, min(first) as first, bit_or(days) as days, true as tight from ${table} where ${chosen} group by ${keys}, chunk`);
  await run(`delete from ${table} where ${chosen}`);
  await run(`insert into ${table} select * from tightened order by chunk, ${keys}`);
  await run('drop table tightened');
}
