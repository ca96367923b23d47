/** Raised whenever a table changes: a file of another version is set aside and filled again from the log. */
export const schemaVersion = 2;

/**
 * What rows share (scope, kind, type, name) is one number in `events`, so that a row is small and a filter is a
 * comparison of integers. No indexes: nothing is looked up by key, and DuckDB's indexes are what kills and replays
 * have corrupted.
 *
 * Queries read the view `rows`: scope, k, kind, name, type, person (after all merges), account, id, properties. Who
 * looks for one person asks it by `written_person`, the number before any merge, and adds the rows that merges have
 * moved to the person, which the view `moved_rows` finds from the merges: each can be answered without reading all.
 */
export const schemaStatements: readonly string[] = [
  'create table versions (version integer)',
  `insert into versions values (${schemaVersion})`,
  'create table scopes (id integer, name varchar)',
  'create table words (id integer, scope integer, scope_name varchar, kind varchar, type varchar, name varchar)',
  'create table events (word integer, k bigint, person integer, account varchar, id varchar, properties varchar)',
  'create table overrides (scope integer, person integer, became integer)',
  'create table positions (partition_number integer, position bigint)',
  `create view rows as
    select words.scope_name as scope, events.k as k, words.kind as kind, words.name as name, words.type as type,
      coalesce(overrides.became, events.person) as person, events.person as written_person, events.account as account,
      events.id as id, events.properties as properties
    from events
    join words on words.id = events.word
    left join overrides on overrides.scope = words.scope and overrides.person = events.person`,
  `create view moved_rows as
    select words.scope_name as scope, events.k as k, words.kind as kind, words.name as name, words.type as type,
      overrides.became as person, events.account as account, events.id as id, events.properties as properties
    from overrides
    join events on events.person = overrides.person
    join words on words.id = events.word and words.scope = overrides.scope`,
];
