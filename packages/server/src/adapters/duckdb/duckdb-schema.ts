import { chunkSql, daySql } from './day-bits.ts';

/** Raised whenever a table changes, in more than how it is compressed: a file of another version is set aside and filled again from the log. */
export const schemaVersion = 4;

/** The columns of a table of rows, with how it stores its texts. */
const rowColumns = ({ account = '', id = '', properties = '' }) =>
  `(word integer, k bigint, person integer, account varchar ${account}, id varchar ${id}, properties varchar ${properties})`;
const plain = 'using compression uncompressed';
/** No id comes twice: a search for repetitions in a column of ids finds none, and costs as much as all the rest. */
const unique = 'using compression fsst';
/** `tight` rows are the only ones of their person, word and chunk, or nearly so; see `tighten`. */
const dayColumns = 'person integer, chunk smallint, first bigint, days ubigint, tight boolean';
const mergedPerson = 'coalesce(overrides.became, found.person)';
const recentDays = `${chunkSql('k')} as chunk, k as first, ${daySql('k')} as days`;

/**
 * Where rows lie until there are enough to be put in order. Like the next, it is replaced while the file lives. Its
 * texts are stored as they are: they are soon written again, and there are never many.
 */
export const recentRows = `create table recent_rows ${rowColumns({ account: plain, id: plain, properties: plain })}`;
/** Where runs lie, each in order, until there are enough to be joined. */
export const runRows = `create table run_rows ${rowColumns({ id: unique })}`;

/**
 * What rows share (scope, kind, type, name) is one number in the tables, so that a row is small and a filter is a
 * comparison of integers. No indexes: nothing is looked up by key, and DuckDB's indexes are what kills and replays
 * have corrupted.
 *
 * Rows come into `recent_rows`. `putInOrder` moves them to `run_rows`, by person, so that one person lies in few
 * blocks, and writes down on which days (UTC) who did what: `sorted_word_days` by word, `sorted_kind_days` for
 * events and milestones of any name. `joinRuns` moves several runs to `sorted_rows` as one, so that one person lies
 * in fewer still.
 *
 * Queries read views. `rows`: scope, k, kind, name, type, person (after all merges), account, id, properties.
 * `word_days` and `kind_days`: scope, kind, (name,) person (after all merges), chunk, first, days: of 64 days each,
 * the first order key and a bit for each day with a row; there may be several for a person and chunk, and they
 * count together.
 */
export const schemaStatements: readonly string[] = [
  'create table versions (version integer)',
  `insert into versions values (${schemaVersion})`,
  'create table scopes (id integer, name varchar)',
  'create table words (id integer, scope integer, scope_name varchar, kind varchar, type varchar, name varchar)',
  recentRows,
  runRows,
  // One for each run in `run_rows`.
  'create table runs (rows bigint)',
  `create table sorted_rows ${rowColumns({ id: unique })}`,
  `create table sorted_word_days (word integer, ${dayColumns})`,
  `create table sorted_kind_days (scope integer, kind varchar, ${dayColumns})`,
  'create table overrides (scope integer, person integer, became integer)',
  'create table positions (partition_number integer, position bigint)',
  // The newest first: a search for the newest rows then knows early what it can leave out.
  'create view stored_rows as select * from recent_rows union all select * from run_rows union all select * from sorted_rows',
  `create view rows as
    select words.scope_name as scope, found.k as k, words.kind as kind, words.name as name, words.type as type,
      ${mergedPerson} as person, found.account as account, found.id as id, found.properties as properties
    from stored_rows as found
    join words on words.id = found.word
    left join overrides on overrides.scope = words.scope and overrides.person = found.person`,
  `create view word_days as
    select words.scope_name as scope, words.kind as kind, words.name as name, ${mergedPerson} as person, chunk, first, days
    from (select word, person, chunk, first, days from sorted_word_days
      union all select word, person, ${recentDays} from recent_rows) as found
    join words on words.id = found.word
    left join overrides on overrides.scope = words.scope and overrides.person = found.person`,
  `create view kind_days as
    select scopes.name as scope, found.kind as kind, ${mergedPerson} as person, chunk, first, days
    from (select scope, kind, person, chunk, first, days from sorted_kind_days
      union all select words.scope, words.kind, person, ${recentDays} from recent_rows join words on words.id = recent_rows.word) as found
    join scopes on scopes.id = found.scope
    left join overrides on overrides.scope = found.scope and overrides.person = found.person`,
];
