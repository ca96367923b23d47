/** Deletions: who works on one, what was removed so far; tombstones in the order in which they came. */
export const erasureClaimsSchema = `
alter table "erasures"
  add column "worker" text collate "C",
  add column "lease_until" timestamptz not null default to_timestamp(0),
  add column "sums" json;

alter table "tombstones" add column "number" bigint not null default 0;
create index on "tombstones" ("workspace", "environment", "number");
create index on "tombstones" ("workspace", "environment", "erasure");
`;
