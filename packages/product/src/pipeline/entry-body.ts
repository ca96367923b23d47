import type { EntryBody } from '../kernel/entry.ts';

/** The body of one kind of log entry. */
export type Body<What extends EntryBody['what']> = Extract<EntryBody, { what: What }>;
