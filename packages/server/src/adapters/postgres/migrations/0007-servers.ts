/** Which servers live, so that a limit of the installation can be shared among them. */
export const serversSchema = `
create table "live_servers" (
  "id" text collate "C" not null,
  "seen_at" timestamptz,
  primary key ("id")
);
`;
