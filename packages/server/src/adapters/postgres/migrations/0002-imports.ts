/** Files of people, accounts and past events that are brought in, and their rows that did not pass. */
export const importsSchema = `
create table "imports" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "name" text collate "C",
  "kind" text collate "C",
  "format" text collate "C",
  "state" text collate "C",
  "bytes" bigint,
  "parts" bigint,
  "columns" json,
  "mapping" json,
  "position" bigint,
  "bytes_read" bigint,
  "passed" bigint,
  "rejected" bigint,
  "error" text collate "C",
  "created_at" timestamptz,
  "created_by" text collate "C",
  "finished_at" timestamptz,
  "worker" text collate "C",
  "lease_until" timestamptz,
  primary key ("workspace", "environment", "id")
);

create table "import_rejects" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "import" text collate "C" not null,
  "line" bigint not null,
  "reason" text collate "C",
  "path" text collate "C",
  "message" text collate "C",
  primary key ("workspace", "environment", "import", "line")
);

create index on "imports" ("state") where "state" in ('checking', 'running');
`;
