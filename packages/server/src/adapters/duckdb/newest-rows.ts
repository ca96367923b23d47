import { compareNewest } from '@gangway/product/ports/warehouse/compare-newest.ts';
import type { NewestRows, Statement, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import type { Columns } from './duckdb-messages.ts';
import type { DuckdbWriter } from './duckdb-writer.ts';
import type { FoundRow } from './recent-rows.ts';
import { type WriterMemory, writtenUnder } from './writer-memory.ts';

/** A page of one person in one scope. */
export interface PersonPage extends NewestRows {
  readonly scope: string;
}

/** What a page is read from. */
interface PageSource {
  /** Its recent rows, and how often they went elsewhere. */
  readonly writer: Pick<DuckdbWriter, 'memory' | 'moves'>;
  ask(statement: Statement): Promise<Columns>;
}

/**
 * The newest rows of a person: those of the recent ones that are in memory, and those of the tables that are in order.
 * The tables are left out where nothing in them can be as new. While rows go from memory to the tables, neither of the
 * two is asked alone but all tables at once, which know no halves.
 */
export async function newestRows({ writer, ...source }: PageSource, page: PersonPage): Promise<readonly WarehouseRow[]> {
  const { memory, moves } = writer;
  const { persons, words } = numbersOf(memory, page);
  if (persons.length === 0 || words.length === 0 || page.limit <= 0) return [];
  const ask = async (tables: readonly string[]) => {
    // What was written since the last question may have brought new words, and other numbers for the person.
    const wanted = { ...page, ...numbersOf(writer.memory, page) };
    return wanted.persons.length === 0 || wanted.words.length === 0 ? [] : rowsOf(await source.ask(newestStatement(tables, wanted)));
  };
  const whole = ({ word, ...row }: FoundRow): WarehouseRow => {
    const { scope = page.scope, kind = 'event', type = '', name = '' } = writer.memory.words.at(word) ?? {};
    return { scope, k: row.k, kind, name, type, person: page.newestOf, account: row.account, id: row.id, properties: row.properties };
  };
  const recent = memory.recent?.newest({ ...page, persons, belongs: memory.words.belongsTo(page.scope) });
  const last = recent?.[page.limit - 1];
  if (recent && last && last.k > memory.highest) return recent.map(whole);
  if (recent && moves % 2 === 0) {
    const ordered = await ask(['run_rows', 'sorted_rows']);
    if (writer.moves === moves) return [...recent, ...ordered].sort(compareNewest).slice(0, page.limit).map(whole);
  }
  return (await ask(['stored_rows'])).map(whole);
}

/** The numbers under which rows of the page were written: of the person, and of the words of the scope. */
function numbersOf(memory: WriterMemory, { scope, newestOf }: PersonPage): Pick<Wanted, 'persons' | 'words'> {
  return { persons: writtenUnder(memory, scope, newestOf), words: memory.words.numbersIn(scope) };
}

function rowsOf({ values: [words = [], keys = [], accounts = [], ids = [], properties = []] }: Columns): FoundRow[] {
  return Array.from(ids, (id, row) => {
    const account = accounts[row];
    return {
      word: Number(words[row]),
      k: Number(keys[row]),
      account: typeof account === 'string' ? account : null,
      id: String(id),
      properties: String(properties[row]),
    };
  });
}

/** Numbers that are looked for one by one. */
const alone = 8;

interface Wanted extends PersonPage {
  /** The numbers under which the rows were written that are the person's now. */
  readonly persons: readonly number[];
  /** Of the scope. */
  readonly words: readonly number[];
}

/**
 * The newest rows of the numbers: word, k, account, id, properties. Rows of one number lie together, and the engine
 * finds its few blocks when it knows the number before it reads; of a list it reads whatever lies between the
 * smallest and the largest. All is said in the text, for a statement with parameters is planned twice.
 */
function newestStatement(tables: readonly string[], { persons, words, before, limit }: Wanted): Statement {
  const [few, more] = [persons.slice(0, alone), persons.slice(alone)];
  const conditions = [...few.map((number) => `person = ${number}`), ...(more.length > 0 ? [`person in (${more.join(', ')})`] : [])];
  const found = tables.flatMap((table) =>
    conditions.map((condition) => `select word, k, account, id, properties from ${table} where ${condition}`),
  );
  return {
    text: `select word, k, account, id, properties from (${found.join(' union all ')})
      where word in (${words.join(', ')}) and k < ${before} order by k desc, id desc limit ${limit}`,
    values: [],
  };
}
