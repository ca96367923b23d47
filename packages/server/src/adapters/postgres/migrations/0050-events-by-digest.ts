/**
 * The ids of events against duplicates, by digest: `digestOf` says what it is made of. An entry of its index is 16 bytes
 * long where it was three texts. What was remembered of events is taken along; `content` tells them from other
 * entries, which say nothing of theirs (0) and stay where they are. Rows from before it was kept may be either: they
 * are in both.
 *
 * Sampled as lightly as the other tables that grow with events, see 0044.
 */
export const eventsByDigest = `
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
delete from "seen_entries" where "content" <> 0;
alter table "seen_entries" drop column "content";
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
