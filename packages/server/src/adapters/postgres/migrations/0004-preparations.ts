/** What versions ask for that are about to be published, and how far bringing in the past has come. */
export const preparationsSchema = `
create table "definition_needs" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "version" bigint,
  "needs" json,
  primary key ("workspace", "environment", "slice", "definition")
);

create table "preparations" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "version" bigint,
  "needs" json,
  "entry" text collate "C",
  "everyone" boolean,
  "phase" text collate "C",
  "after" text collate "C",
  "pass" bigint,
  "looked" bigint,
  "missing" bigint,
  "last" text collate "C",
  "due" timestamptz,
  primary key ("workspace", "environment", "slice", "definition")
);
`;
