/**
 * The tables of the warehouse, forward only: a name never changes meaning once it was released, and every statement
 * may run again, since ClickHouse has no transaction over them.
 *
 * A row is seen when the position of its batch is confirmed, which is written last. Rows carry the epoch of their
 * writer: each opening for writing, and each write that failed, begins a new one, and with it ends what earlier
 * epochs may ever confirm. So what was cut off by a death, or comes in after its writer has given it up, stays out
 * of sight for good. Rows are sorted as reports read them, by event, day and person.
 *
 * Queries read `rows` alone, which `overSeenRows` puts before each statement. The view of that name shows the same to
 * whoever asks by hand.
 */
export const clickhouseMigrations: readonly { readonly name: string; readonly statements: readonly string[] }[] = [
  {
    name: '0001-first-schema',
    statements: [
      `create table if not exists events (
        scope LowCardinality(String), k Int64, kind LowCardinality(String), name LowCardinality(String), type LowCardinality(String),
        person Int64, account Nullable(String), id String, properties String codec(ZSTD), rewritten String codec(ZSTD),
        partition_number UInt32, epoch UInt32, position Int64,
        index people person type bloom_filter granularity 4
      ) engine = MergeTree order by (scope, name, intDiv(k, 353894400000), person, k)`,
      `create table if not exists overrides (
        scope String, person Int64, became Int64, turn UInt64, partition_number UInt32, epoch UInt32, position Int64
      ) engine = MergeTree order by (scope, person, turn)`,
      `create table if not exists positions (
        partition_number UInt32, epoch UInt32, position Int64
      ) engine = ReplacingMergeTree(position) order by (partition_number, epoch)`,
      `create table if not exists epochs (
        epoch UInt32, partition_number UInt32, since Int64
      ) engine = MergeTree order by (epoch, partition_number)`,
      // Up to which position the rows of an epoch are seen: where the next one began, for the last what it has confirmed.
      `create view if not exists bounds as
        select epoch - 1 as epoch, partition_number, since as position from epochs where since > 0
        union all
        select epoch, partition_number, max(position) as position from positions
        where epoch = (select max(epoch) from epochs) group by epoch, partition_number`,
      `create view if not exists seen_overrides as
        with (select (groupArray(toUInt64(epoch) * 65536 + partition_number), groupArray(position)) from bounds) as seen
        select scope, person, became, turn from overrides
        where position <= transform(toUInt64(epoch) * 65536 + partition_number, seen.1, seen.2, toInt64(-1))`,
      `create view if not exists rows as
        with (select (groupArray(toUInt64(epoch) * 65536 + partition_number), groupArray(position)) from bounds) as seen
        select events.scope as scope, events.k as k, events.kind as kind, events.name as name, events.type as type,
          if(merged.found = 1, merged.became, events.person) as person, events.account as account, events.id as id,
          events.properties as properties, if(events.rewritten = '', events.properties, events.rewritten) as readable
        from events
        left join (select scope, person, argMax(became, turn) as became, 1 as found from seen_overrides group by scope, person) as merged
          on merged.scope = events.scope and merged.person = events.person
        where events.position <= transform(toUInt64(events.epoch) * 65536 + events.partition_number, seen.1, seen.2, toInt64(-1))`,
    ],
  },
  {
    name: '0002-given-subjects',
    statements: [
      // What a question brings along, for the time of the question.
      `create table if not exists given_subjects (
        run String, person Int64, facts String codec(ZSTD), at DateTime default now()
      ) engine = MergeTree order by (run, person) ttl at + interval 1 hour`,
    ],
  },
];
