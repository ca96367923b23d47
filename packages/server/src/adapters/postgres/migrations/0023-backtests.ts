/** Drafts that are tried over the recorded log, and what came out. */
export const backtestsSchema = `
create table "backtests" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "slice" text collate "C",
  "definition" text collate "C",
  "name" text collate "C",
  "state" text collate "C",
  "draft" json,
  "published" json,
  "published_version" bigint,
  "from" timestamptz,
  "until" timestamptz,
  "zone" text collate "C",
  "done" bigint,
  "of" bigint,
  "error" text collate "C",
  "created_at" timestamptz,
  "created_by" text collate "C",
  "started_at" timestamptz,
  "finished_at" timestamptz,
  "worker" text collate "C",
  "lease_until" timestamptz,
  primary key ("workspace", "environment", "id")
);

create table "backtest_results" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "findings" json,
  "listed" json,
  primary key ("workspace", "environment", "id")
);

create index on "backtests" ("state") where "state" in ('queued', 'running');
`;
