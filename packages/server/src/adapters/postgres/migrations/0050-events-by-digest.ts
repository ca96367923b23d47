/**
 * The ids of events against duplicates, by digest: `digestOf` says what it is made of. An entry of its index is 16 bytes
 * long where it was three texts. What was remembered of events is taken along; `content` tells them from other
 * entries, which say nothing of theirs (0) and stay where they are. Rows from before it was kept may be either: they
 * are in both.
 *
 * A server of the version before may still apply: what it has not yet committed is waited for, or its ids would be in
 * neither table. And of a table that gives away nearly all of its rows the few others are written anew, or its file
 * and its index would stay as large as they were.
 *
 * Sampled as lightly as the other tables that grow with events, see 0044.
 */
export const eventsByDigest = `
lock table "seen_entries" in access exclusive mode;
create table "seen_events" (
  "at" timestamptz,
  "content" bigint,
  "digest" uuid not null,
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null
);
insert into "seen_events" ("at", "content", "digest", "workspace", "environment")
select "at", "content",
  encode(substring(sha256(convert_to("workspace" || '/' || "environment" || '/' || "id", 'UTF8')) for 16), 'hex')::uuid,
  "workspace", "environment"
from "seen_entries" where "content" is distinct from 0
order by "at";
create table "seen_others" as
  select "workspace", "environment", "id", "at" from "seen_entries" where "content" is null or "content" = 0;
truncate "seen_entries";
alter table "seen_entries" drop column "content";
insert into "seen_entries" ("workspace", "environment", "id", "at")
select "workspace", "environment", "id", "at" from "seen_others" order by "at";
drop table "seen_others";
alter table "seen_events" add primary key ("digest");
create index on "seen_events" using brin ("at") with (autosummarize = on);
alter table "seen_events" set (autovacuum_analyze_scale_factor = 0.5);
do $$
declare
  sampled record;
begin
  for sampled in select attname as "column" from pg_attribute where attrelid = 'seen_events'::regclass and attnum > 0
  loop
    execute format('alter table seen_events alter column %I set statistics 10', sampled.column);
  end loop;
end $$;
`;
