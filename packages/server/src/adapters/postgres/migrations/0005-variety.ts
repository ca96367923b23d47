/** Caps on different names, keys and people, what is known, and what was too many. */
export const varietySchema = `
create table "variety_caps" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "event_names" bigint,
  "properties_per_event" bigint,
  "people" bigint,
  primary key ("workspace", "environment")
);

create table "vocabularies" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "of" text collate "C" not null,
  "words" json,
  primary key ("workspace", "environment", "of")
);

create table "capped_words" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "kind" text collate "C" not null,
  "of" text collate "C" not null,
  "word" text collate "C" not null,
  "count" bigint,
  "first_at" timestamptz,
  "last_at" timestamptz,
  primary key ("workspace", "environment", "kind", "of", "word")
);
`;
