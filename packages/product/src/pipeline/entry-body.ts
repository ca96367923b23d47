import type { EntryBody, LoggedEntry } from '../kernel/entry.ts';

/** The body of one kind of log entry. */
export type Body<What extends EntryBody['what']> = Extract<EntryBody, { what: What }>;

/** A client's event as it is read from the log. */
export type EventEntry = LoggedEntry & { readonly body: Body<'event'> };
