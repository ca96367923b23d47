/** What was decided about contents for people, with the changes before. */
export const decisionsSchema = `
create table "decisions" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "person" text collate "C" not null,
  "verdict" text collate "C",
  "version" bigint,
  "at" timestamptz,
  "withheld_at" timestamptz,
  "history" json,
  primary key ("workspace", "environment", "slice", "definition", "person")
);

create index on "decisions" ("workspace", "environment", "person");
`;
