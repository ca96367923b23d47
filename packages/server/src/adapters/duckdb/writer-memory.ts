import type { DuckDBConnection } from '@duckdb/node-api';
import { type EventWord, EventWords } from './event-words.ts';
import type { Runs } from './join-runs.ts';
import { packRows } from './packed-rows.ts';
import { overridesOf, type PersonOverrides } from './person-overrides.ts';
import { RecentRows } from './recent-rows.ts';
import { WordTable } from './word-table.ts';

/** What the writer knows by heart, so that a write asks the database nothing. Read again after a write that failed. */
export interface WriterMemory {
  readonly scopes: WordTable;
  readonly words: EventWords;
  readonly positions: Map<number, number>;
  readonly overrides: Map<number, PersonOverrides>;
  /** The rows that wait to be put in order; undefined when they are too many to be read again. */
  recent: RecentRows | undefined;
  /** How many rows wait to be put in order. */
  waiting: number;
  /** No row that is in order has a higher order key. */
  highest: number;
  /** Runs that wait to be joined. */
  runs: Runs;
}

/** @param rowsRead of more recent rows none are read */
export async function readMemory(writer: DuckDBConnection, rowsRead: number): Promise<WriterMemory> {
  const rowsOf = async (text: string) => (await writer.runAndReadAll(text)).getRowsJS();
  const numberOf = async (text: string) => Number((await rowsOf(text))[0]?.[0]);
  const scopes = (await rowsOf('select name from scopes order by id')).map(([name]) => String(name));
  const words = await rowsOf('select scope, scope_name, kind, type, name from words order by id');
  const overrides = new Map<number, PersonOverrides>();
  for (const [scope, person, became] of await rowsOf('select scope, person, became from overrides')) {
    overridesOf(overrides, Number(scope)).restore({ person: Number(person), became: Number(became) });
  }
  const positions = await rowsOf('select partition_number, position from positions');
  const waiting = await numberOf('select count(*) from recent_rows');
  return {
    scopes: new WordTable('scopes', scopes),
    words: new EventWords(
      words.map(([scopeNumber, scope, kind, type, name]) => ({ scopeNumber, scope, kind, type, name }) as unknown as EventWord),
    ),
    positions: new Map(positions.map(([partition, position]) => [Number(partition), Number(position)])),
    overrides,
    recent: waiting > rowsRead ? undefined : await readRecent(writer),
    waiting,
    highest: await numberOf(
      `select coalesce(max(k), ${Number.MIN_SAFE_INTEGER}) from (select k from run_rows union all select k from sorted_rows)`,
    ),
    runs: { count: await numberOf('select count(*) from runs'), rows: await numberOf('select coalesce(sum(rows), 0) from runs') },
  };
}

async function readRecent(writer: DuckDBConnection): Promise<RecentRows> {
  const recent = new RecentRows();
  const result = await writer.stream('select person, word, k, account, id, properties from recent_rows');
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const rows = chunk.getRows().map(([person, word, k, account, id, properties]) => ({
      word: Number(word),
      person: Number(person),
      k: Number(k),
      account: account === null || account === undefined ? null : String(account),
      id: String(id),
      properties: String(properties),
    }));
    recent.add(packRows(rows, ({ word }) => word));
  }
  return recent;
}

/** The numbers under which the rows of a person were written; none for one that has become another. */
export function writtenUnder(memory: WriterMemory, scope: string, person: number): readonly number[] {
  return memory.overrides.get(memory.scopes.find(scope) ?? -1)?.numbersOf(person) ?? [person];
}
