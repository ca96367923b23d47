/** What stands between the cells of a table that is brought in; null for JSON lines, and where it was always a comma. */
export const importSeparators = `
alter table "imports" add column "separator" text collate "C";
`;
