/**
 * The keys of the two tables that every event is looked up in begin with what tells rows apart, not with the tenant,
 * which nearly all rows share: a comparison ends at the first column, and the upper pages of the index hold that
 * column alone. Nobody asks for all rows of a tenant in these.
 */
export const keysById = `
alter table "seen_entries" drop constraint "seen_entries_pkey";
alter table "seen_entries" add primary key ("id", "environment", "workspace");
alter table "identities" drop constraint "identities_pkey";
alter table "identities" add primary key ("value", "kind", "environment", "workspace");
`;
