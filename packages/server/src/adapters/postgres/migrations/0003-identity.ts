/** What environments ask of claimed ids, the keys of identity tokens, and the ids of deleted people as hashes. */
export const identitySchema = `
alter table "people" add column "claimed_at" timestamptz, add column "verified_at" timestamptz;

create table "identity_settings" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "mode" text collate "C",
  "changed_at" timestamptz,
  "changed_by" text collate "C",
  primary key ("workspace", "environment")
);

create table "identity_keys" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "label" text collate "C",
  "algorithm" text collate "C",
  "material" text collate "C",
  "created_at" timestamptz,
  "created_by" text collate "C",
  "revoked_at" timestamptz,
  primary key ("workspace", "environment", "id")
);

create table "tombstones" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "hash" text collate "C" not null,
  "erasure" text collate "C",
  "at" timestamptz,
  "refused" bigint,
  primary key ("workspace", "environment", "hash")
);
`;
