/** Raised whenever a table changes: a file of another version is set aside and filled again from the log. */
export const schemaVersion = 1;

/**
 * Scopes and names are numbers in `events`, so that a row is small and a filter is a comparison of integers.
 * No indexes: nothing is looked up by key, and DuckDB's indexes are what kills and replays have corrupted.
 *
 * Queries read the view `rows` alone: scope, k, kind, name, type, person (after all merges), account, id, properties.
 */
export const schemaStatements: readonly string[] = [
  'create table versions (version integer)',
  `insert into versions values (${schemaVersion})`,
  'create table scopes (id integer, name varchar)',
  'create table names (id integer, name varchar)',
  `create table events (
    scope integer, k bigint, kind varchar, name integer, type varchar, person integer, account varchar, id varchar, properties varchar)`,
  'create table overrides (scope integer, person integer, became integer)',
  'create table positions (partition_number integer, position bigint)',
  `create view rows as
    select scopes.name as scope, events.k as k, events.kind as kind, names.name as name, events.type as type,
      coalesce(overrides.became, events.person) as person, events.account as account, events.id as id, events.properties as properties
    from events
    join scopes on scopes.id = events.scope
    join names on names.id = events.name
    left join overrides on overrides.scope = events.scope and overrides.person = events.person`,
];
