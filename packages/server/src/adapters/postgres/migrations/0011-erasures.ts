/** Deletions of people: how far each is. */
export const erasuresSchema = `
create table "erasures" (
  "workspace" text collate "C" not null,
  "environment" text collate "C" not null,
  "id" text collate "C" not null,
  "person" text collate "C",
  "state" text collate "C",
  "step" text collate "C",
  "progress" bigint,
  "total" bigint,
  "requested_at" timestamptz,
  "requested_by" text collate "C",
  "finished_at" timestamptz,
  "work" text collate "C",
  "result" json,
  "error" text collate "C",
  primary key ("workspace", "environment", "id")
);
`;
