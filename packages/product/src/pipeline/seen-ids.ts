import type { LoggedEntry } from '../kernel/entry.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import { rowKey, type Tx } from '../ports/db/db.ts';
import { contentOf } from './event-content.ts';
import { scopeColumns } from './registry.ts';
import { type SeenEntryRow, type SeenEventRow, seenEntries, seenEvents } from './tables.ts';

/** SHA-256 of a text in hexadecimal digits; the platform has it. */
export type Digest = (text: string) => string;

const digits = 32;

/**
 * What an event's id is remembered as: the first 128 bits of the digest of `workspace/environment/id`, as 32
 * hexadecimal digits. Two ids that come to the same would have to be looked for among 2^64.
 */
export function digestOf({ id, scope }: { readonly id: string; readonly scope: Scope }, digest: Digest): string {
  return digest(`${scopeKey(scope)}/${id}`).slice(0, digits);
}

/** An event, or what is left of one whose person was deleted. */
export function isEvent({ body }: Pick<LoggedEntry, 'body'>): boolean {
  return body.what === 'event' || (body.what === 'erased' && body.was === 'event');
}

/** An event, and what its id is remembered as. */
export interface Digested {
  readonly entry: LoggedEntry;
  readonly digest: string;
}

/** Which of some entries are new. */
export interface Ids {
  /** By identity; the others are duplicates. */
  readonly fresh: ReadonlySet<LoggedEntry>;
  /** The rows of the events among them. */
  readonly inserted: readonly SeenEventRow[];
  /** The events that are not new. */
  readonly repeats: readonly Digested[];
}

/** Remembers the ids of these entries. The first of an id is new, unless the id was remembered already. */
export async function insertIds(tx: Tx, entries: readonly LoggedEntry[], digest: Digest): Promise<Ids> {
  const events = entries.filter(isEvent).map((entry): Digested => ({ entry, digest: digestOf(entry, digest) }));
  const others = events.length === entries.length ? [] : entries.filter((entry) => !isEvent(entry));
  const fresh = new Set<LoggedEntry>();
  const [inserted] = await Promise.all([insertEvents(tx, events, fresh), insertOthers(tx, others, fresh)]);
  return { fresh, inserted, repeats: events.filter(({ entry }) => !fresh.has(entry)) };
}

async function insertEvents(tx: Tx, events: readonly Digested[], fresh: Set<LoggedEntry>): Promise<SeenEventRow[]> {
  const first = new Map<string, LoggedEntry>();
  for (const { entry, digest } of events) if (!first.has(digest)) first.set(digest, entry);
  const rows = Array.from(
    first,
    ([digest, entry]): SeenEventRow => ({ digest, at: entry.at, content: contentOf(entry), ...scopeColumns(entry.scope) }),
  );
  const inserted = await tx.insertNew(seenEvents, rows);
  for (const { digest } of inserted) {
    const entry = first.get(digest);
    if (entry) fresh.add(entry);
  }
  return inserted;
}

async function insertOthers(tx: Tx, entries: readonly LoggedEntry[], fresh: Set<LoggedEntry>): Promise<void> {
  const first = new Map<string, LoggedEntry>();
  const rows = entries.map((entry): SeenEntryRow => ({ id: entry.id, at: entry.at, ...scopeColumns(entry.scope) }));
  // The first of an id stays; the store takes the first, too.
  for (const [index, entry] of entries.entries()) {
    const key = rowKey(seenEntries, rows[index] ?? {});
    if (!first.has(key)) first.set(key, entry);
  }
  for (const row of await tx.insertNew(seenEntries, rows)) {
    const entry = first.get(rowKey(seenEntries, row));
    if (entry) fresh.add(entry);
  }
}

/** Forgets the ids of these entries, as if they had never come. */
export async function forgetIds(tx: Tx, entries: readonly LoggedEntry[], digest: Digest): Promise<void> {
  await tx.remove(
    seenEvents,
    entries.filter(isEvent).map((entry) => ({ digest: digestOf(entry, digest) })),
  );
  await tx.remove(
    seenEntries,
    entries.filter((entry) => !isEvent(entry)).map(({ id, scope }) => ({ id, ...scopeColumns(scope) })),
  );
}
