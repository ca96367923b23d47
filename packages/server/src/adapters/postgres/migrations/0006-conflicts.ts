/** What the first event of an id said, so that another one under the same id is noticed. */
export const conflictsSchema = `
alter table "seen_entries" add column "content" bigint;
`;
