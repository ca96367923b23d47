/**
 * The tables of the warehouse. A row is seen when the position of its batch was stored, which is written last: a
 * batch that was cut off by a death or an error stays out of sight until the next write removes it. Rows are sorted
 * as reports read them, by event, day and person.
 *
 * Queries read the view `rows` alone: the columns of every warehouse, and `readable`, the properties with numbers
 * that ClickHouse's JSON functions can parse.
 */
export const schemaStatements: readonly string[] = [
  `create table if not exists events (
    scope LowCardinality(String), k Int64, kind LowCardinality(String), name LowCardinality(String), type LowCardinality(String),
    person Int64, account Nullable(String), id String, properties String codec(ZSTD), rewritten String codec(ZSTD),
    partition_number UInt32, position Int64,
    index people person type bloom_filter granularity 4
  ) engine = MergeTree order by (scope, name, intDiv(k, 353894400000), person, k)`,
  `create table if not exists overrides (
    scope String, person Int64, became Int64, turn UInt64, partition_number UInt32, position Int64
  ) engine = ReplacingMergeTree(turn) order by (scope, person, partition_number)`,
  'create table if not exists positions (partition_number UInt32, position Int64) engine = ReplacingMergeTree(position) order by partition_number',
  `create view if not exists rows as
    with (select mapFromArrays(groupArray(number), groupArray(reached))
      from (select partition_number as number, max(position) as reached from positions group by number)) as stored
    select events.scope as scope, events.k as k, events.kind as kind, events.name as name, events.type as type,
      if(merged.found = 1, merged.became, events.person) as person, events.account as account, events.id as id,
      events.properties as properties, if(events.rewritten = '', events.properties, events.rewritten) as readable
    from events
    left join (select scope, person, argMax(became, turn) as became, 1 as found from overrides
        where overrides.position <= stored[overrides.partition_number] group by scope, person) as merged
      on merged.scope = events.scope and merged.person = events.person
    where events.position <= stored[events.partition_number]`,
];
