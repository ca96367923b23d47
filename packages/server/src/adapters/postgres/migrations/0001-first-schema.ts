/**
 * The first schema. Forward only: a later migration changes it, this text never changes again.
 * Columns are nullable unless they are keys: the declared tables say what is absent, and every write goes
 * through them. Secondary indexes begin with what tells rows apart and end with the tenant: on a table without
 * statistics the planner otherwise takes one of them, by its tenant columns, for a look-up by primary key.
 */
export const firstSchema = `
create table event_log (
  partition bigint not null,
  position bigint not null,
  at bigint not null,
  entries bigint not null,
  payload text not null,
  primary key (partition, position)
);

create table "log_readers" (
  "reader" text collate "C" not null,
  "partition" bigint not null,
  "position" bigint,
  "at" timestamptz,
  primary key ("reader", "partition")
);

create table "seen_entries" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "at" timestamptz,
  primary key ("workspace", "environment", "id")
);

create table "identities" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "kind" text collate "C" not null,
  "value" text collate "C" not null,
  "person" text collate "C",
  primary key ("workspace", "environment", "kind", "value")
);

create table "people" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "number" bigint,
  "user_id" text collate "C",
  "anonymous_id" text collate "C",
  "name" text collate "C",
  "email" text collate "C",
  "level" text collate "C",
  "first_seen" timestamptz,
  "last_seen" timestamptz,
  "merged_into" text collate "C",
  "doc" json,
  primary key ("workspace", "environment", "id")
);

create table "accounts" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "name" text collate "C",
  "first_seen" timestamptz,
  "last_seen" timestamptz,
  "doc" json,
  primary key ("workspace", "environment", "id")
);

create table "memberships" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "account" text collate "C" not null,
  "person" text collate "C" not null,
  "since" timestamptz,
  primary key ("workspace", "environment", "account", "person")
);

create table "standings" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "subject" text collate "C" not null,
  "status" text collate "C",
  "at" timestamptz,
  "cause" text collate "C",
  primary key ("workspace", "environment", "slice", "definition", "subject")
);

create table "wakes" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "subject" text collate "C" not null,
  "due" timestamptz,
  primary key ("workspace", "environment", "subject")
);

create table "counters" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "name" text collate "C" not null,
  "value" bigint,
  primary key ("workspace", "environment", "name")
);

create table "live_definitions" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "version" bigint,
  "since" timestamptz,
  primary key ("workspace", "environment", "slice", "definition")
);

create table "resolutions" (
  "partition" bigint not null,
  "position" bigint not null,
  "rows" json,
  primary key ("partition", "position")
);

create table "outbox" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "order" bigint,
  "entry" json,
  primary key ("workspace", "environment", "id")
);

create table "deliveries" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "key" text collate "C" not null,
  "state" text collate "C",
  "attempts" bigint,
  "due" timestamptz,
  "message" json,
  "error" text collate "C",
  primary key ("workspace", "environment", "key")
);

create table "failed_events" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "stage" text collate "C",
  "reason" text collate "C",
  "path" text collate "C",
  "received_at" timestamptz,
  "body" json,
  primary key ("workspace", "environment", "id")
);

create table "definition_drafts" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "revision" bigint,
  "body" json,
  "updated_at" timestamptz,
  "updated_by" text collate "C",
  primary key ("workspace", "environment", "slice", "definition")
);

create table "definition_versions" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "slice" text collate "C" not null,
  "definition" text collate "C" not null,
  "version" bigint not null,
  "body" json,
  "only" text collate "C",
  "published_at" timestamptz,
  "published_by" text collate "C",
  primary key ("workspace", "environment", "slice", "definition", "version")
);

create table "workspaces" (
  "workspace" text collate "C" not null,
  "name" text collate "C",
  "timezone" text collate "C",
  "created_at" timestamptz,
  primary key ("workspace")
);

create table "environments" (
  "workspace" text collate "C" not null,
  "id" text collate "C" not null,
  "name" text collate "C",
  "kind" text collate "C",
  "write_key" text collate "C",
  "public_key" text collate "C",
  "private_key" text collate "C",
  "created_at" timestamptz,
  primary key ("workspace", "id")
);

create table "keys" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "kind" text collate "C",
  "label" text collate "C",
  "prefix" text collate "C",
  "hash" text collate "C",
  "created_at" timestamptz,
  "revoked_at" timestamptz,
  primary key ("workspace", "environment", "id")
);

create table "users" (
  "workspace" text collate "C" not null,
  "id" text collate "C" not null,
  "email" text collate "C",
  "name" text collate "C",
  "created_at" timestamptz,
  primary key ("workspace", "id")
);

create table "sign_in_links" (
  "workspace" text collate "C" not null,
  "hash" text collate "C" not null,
  "user" text collate "C",
  "created_at" timestamptz,
  "expires_at" timestamptz,
  "used_at" timestamptz,
  primary key ("workspace", "hash")
);

create table "sessions" (
  "workspace" text collate "C" not null,
  "hash" text collate "C" not null,
  "user" text collate "C",
  "created_at" timestamptz,
  "last_seen" timestamptz,
  primary key ("workspace", "hash")
);

create table "audit" (
  "workspace" text collate "C" not null,
  "id" text collate "C" not null,
  "at" timestamptz,
  "actor" text collate "C",
  "action" text collate "C",
  "object" text collate "C",
  primary key ("workspace", "id")
);

create table "portal_links" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "hash" text collate "C" not null,
  "plan" text collate "C",
  "email" text collate "C",
  "created_at" timestamptz,
  "expires_at" timestamptz,
  "used_at" timestamptz,
  primary key ("workspace", "environment", "hash")
);

create table "guest_sessions" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "hash" text collate "C" not null,
  "plan" text collate "C",
  "email" text collate "C",
  "created_at" timestamptz,
  "expires_at" timestamptz,
  primary key ("workspace", "environment", "hash")
);

create index on "seen_entries" ("at");
create index on "identities" ("person", "environment", "workspace");
create index on "people" ("last_seen", "environment", "workspace");
create index on "people" ("first_seen", "environment", "workspace");
create index on "people" ("number", "environment", "workspace");
create index on "accounts" ("last_seen", "environment", "workspace");
create index on "memberships" ("person", "environment", "workspace");
create index on "standings" ("subject", "environment", "workspace");
create index on "wakes" ("due");
create index on "outbox" ("order", "id");
create index on "deliveries" ("due") where "state" = 'queued';
create index on "failed_events" ("received_at", "environment", "workspace");
create index on "keys" ("hash");
create index on "sessions" ("hash");
create index on "sign_in_links" ("hash");
create index on "portal_links" ("hash");
create index on "guest_sessions" ("hash");
`;
