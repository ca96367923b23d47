/** Who became whom, and what both were before. */
export const mergesSchema = `
create table "merges" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "at" timestamptz,
  "person" text collate "C",
  "other" text collate "C",
  "outcome" text collate "C",
  "call" text collate "C",
  "actor" text collate "C",
  "before" json,
  primary key ("workspace", "environment", "id")
);

create index on "merges" ("person", "environment", "workspace");
create index on "merges" ("other", "environment", "workspace");
create index on "people" ("merged_into", "environment", "workspace") where "merged_into" is not null;
`;
