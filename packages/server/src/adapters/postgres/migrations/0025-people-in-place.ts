/**
 * A person's row is written again at every event. While no indexed column changes, PostgreSQL puts the new row
 * beside the old one and leaves every index alone; `last_seen` changed each time and was indexed. Lists are sorted
 * by the hour first, which an index knows, and within it by the instant. Pages keep room for the next version.
 */
export const peopleInPlace = `
drop index "people_last_seen_environment_workspace_idx";
alter table "people" add column "last_seen_hour" integer
  generated always as (floor(extract(epoch from ("last_seen" at time zone 'UTC')) / 3600)::integer) stored;
create index on "people" ("last_seen_hour", "environment", "workspace");
alter table "people" set (fillfactor = 75);
`;
