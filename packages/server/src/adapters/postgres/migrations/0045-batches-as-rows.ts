/**
 * What was written stays as it is, and is read as it was. An older version could not read what this one writes, and
 * refuses a database that has this migration.
 */
export const batchesAsRows = `
comment on column event_log.payload is 'A list of entries, of events as rows, and of what goes for the rows behind it: stored-batch.ts';
`;
