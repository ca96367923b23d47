import type { Entry, EntryBody, LoggedEntry } from '../../../kernel/entry.ts';
import type { AcceptedEvent } from '../../../kernel/event.ts';
import { fnv1a } from '../../../kernel/hash.ts';
import type { Json } from '../../../kernel/json.ts';
import type { LinkKey } from '../../../kernel/link-key.ts';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { contentOf } from '../../../pipeline/event-content.ts';
import { forgetIds } from '../../../pipeline/seen-ids.ts';
import { resolutions } from '../../../pipeline/tables.ts';
import { proofCounter, type ResolvedEntry } from '../../../pipeline/working-set.ts';
import type { Tx } from '../../../ports/db/db.ts';
import type { LogBatch } from '../../../ports/event-log/event-log.ts';
import type { Services } from '../../../ports/http/route.ts';
import { isTheirs, type Trace } from './trace.ts';

/** What every part of an erasure is given. */
export interface Erasing {
  readonly services: Pick<Services, 'db' | 'log' | 'digest' | 'keyedDigest'>;
  readonly scope: Scope;
  readonly trace: Trace;
  /** Notes how many entries of a batch are removed, together with what else the transaction does. */
  countEntries(tx: Tx, batch: LogBatch, entries: number): Promise<void>;
}

/** Numbers of the trace whose making was passed already: only the first entry of a person has made them. */
export type Made = ReadonlySet<number>;

/** A batch of the log, and what each entry of it came to where the pipeline has noted that. */
export interface BatchRead {
  readonly batch: LogBatch;
  readonly outcomes: readonly ResolvedEntry[];
}

/** What came of each of these batches, read at once. */
export async function readOutcomes(tx: Tx, batches: readonly LogBatch[]): Promise<BatchRead[]> {
  const rows = new Map((await tx.get(resolutions, batches)).map((row) => [`${row.partition}/${row.position}`, row]));
  return batches.map((batch) => {
    const row = rows.get(`${batch.partition}/${batch.position}`);
    return { batch, outcomes: (row?.rows ?? []) as unknown as ResolvedEntry[] };
  });
}

/**
 * Takes a person out of one batch of the log and of what it came to. Their entries become `erased` ones, so that
 * every other entry keeps its place; what others' entries say of them is left out. Returns who is made by then. Doing
 * it again changes nothing.
 */
export async function eraseBatch(erasing: Erasing, read: BatchRead, made: Made): Promise<Made> {
  const { db, log } = erasing.services;
  const { batch } = read;
  const seenFirst = rewrite(erasing, read, made);
  if (!seenFirst.changed) return seenFirst.made;
  const { gone } = seenFirst;
  // In this order each step may be repeated: an entry that was replaced no longer says which ids were remembered, and
  // without what it came to nobody could say what a replay needs of it.
  if (gone.length > 0)
    await db.transaction({ as: 'system' }, async (tx) => {
      await erasing.countEntries(tx, batch, gone.length);
      await forgetIds(tx, gone, erasing.services.digest);
    });
  return db.transaction({ as: 'system' }, async (tx) => {
    // Read again where no other deletion can write between: what it has put there must not be undone.
    await tx.lock([`erase-batch:${batch.partition}/${batch.position}`]);
    const [fresh] = await readOutcomes(tx, await log.read(batch.partition, batch.position - 1, 1));
    if (!fresh) throw new Error(`batch ${batch.position} of partition ${batch.partition} is not in the log any more`);
    const { entries, left, made: after } = rewrite(erasing, fresh, made);
    if (entries) await log.replace?.(batch.partition, batch.position, entries);
    if (left) await tx.put(resolutions, [{ partition: batch.partition, position: batch.position, rows: left as unknown as Json }]);
    return after;
  });
}

interface Rewritten {
  /** Their entries, as they were. */
  readonly gone: readonly LoggedEntry[];
  /** What is to be in the batch; undefined when that is there. */
  readonly entries: readonly LoggedEntry[] | undefined;
  /** What is to be noted of what it came to; undefined when that is noted. */
  readonly left: readonly ResolvedEntry[] | undefined;
  readonly made: Made;
  readonly changed: boolean;
}

/** A batch without the person. Changes nothing itself. */
function rewrite({ services, scope, trace }: Erasing, { batch, outcomes }: BatchRead, before: Made): Rewritten {
  const made = new Set(before);
  const own = ({ scope: each }: LoggedEntry) => scopeKey(each) === scopeKey(scope);
  const cameTo = new Map(outcomes.map(({ i, p }) => [i, p]));
  const gone: LoggedEntry[] = [];
  const after = batch.entries.map((entry, index): LoggedEntry => {
    if (!own(entry)) return entry;
    if (entry.body.what === 'erased' && entry.body.made !== undefined) made.add(entry.body.made);
    if (!isTheirs(entry, trace, cameTo.get(index))) return withoutMention(entry, trace);
    gone.push(entry);
    return stub(entry, { services, trace, made, number: cameTo.get(index) });
  });
  // People are numbered by environment, and a batch may hold entries of several.
  const ours = new Set(batch.entries.flatMap((entry, index) => (own(entry) ? [index] : [])));
  const kept = outcomes.flatMap((outcome) => (ours.has(outcome.i) ? withoutPeople(outcome, trace.numbers) : [outcome]));
  const entries = after.some((entry, index) => entry !== batch.entries[index]) ? after : undefined;
  const left = kept.length !== outcomes.length || kept.some((outcome, index) => outcome !== outcomes[index]) ? kept : undefined;
  return { gone, entries, left, made, changed: entries !== undefined || left !== undefined };
}

function stub(
  entry: LoggedEntry,
  { services, trace, made, number }: { services: Erasing['services']; trace: Trace; made: Set<number>; number: number | undefined },
): LoggedEntry {
  const { scope, origin, depth, at, body } = entry;
  const id = `erased:${services.keyedDigest(`entry\n${scopeKey(scope)}\n${entry.id}`).slice(0, 32)}`;
  const left: Entry = { id, scope, origin, depth, body: { what: 'erased', was: 'other' } };
  if (body.what !== 'event') return { ...left, at };
  const content = fnv1a(services.keyedDigest(`content\n${contentOf(entry)}`));
  if (number === undefined) return { ...left, at, body: { what: 'erased', was: 'event', content } };
  const first = trace.numbers.includes(number) && !made.has(number);
  made.add(number);
  const counted = proofCounter(entry);
  const what: EntryBody = {
    what: 'erased',
    was: 'event',
    content,
    ...(first ? { made: number } : {}),
    ...(counted.length > 0 ? { counted } : {}),
    ...accountOf(body.event),
  };
  return { ...left, body: what, at };
}

/** What an event said of an account is the account's, not the person's. */
function accountOf({ type, groupId, unproven, time, traits }: AcceptedEvent) {
  if (groupId === undefined || unproven) return {};
  return { account: { id: groupId, type, time, traits: type === 'group' ? (traits ?? {}) : {} } };
}

/** Another person's event on a device that was theirs, or an alias of theirs: the id is left out. */
function withoutMention(entry: LoggedEntry, trace: Trace): LoggedEntry {
  if (entry.body.what !== 'event') return entry;
  const { anonymousId, previousId, ...event } = entry.body.event;
  const theirs = (...links: LinkKey[]) => links.some((link) => trace.links.includes(link));
  const device = anonymousId !== undefined && theirs(`anonymous:${anonymousId}`);
  const previous = previousId !== undefined && theirs(`user:${previousId}`, `anonymous:${previousId}`);
  if (!device && !previous) return entry;
  const rest = {
    ...(device || anonymousId === undefined ? {} : { anonymousId }),
    ...(previous || previousId === undefined ? {} : { previousId }),
  };
  return { ...entry, body: { what: 'event', event: { ...event, ...rest } } };
}

function withoutPeople(outcome: ResolvedEntry, numbers: readonly number[]): ResolvedEntry[] {
  if (outcome.each) {
    const each = outcome.each.filter(({ p }) => p === undefined || !numbers.includes(p));
    if (each.length === outcome.each.length) return [outcome];
    return each.length > 0 ? [{ ...outcome, each }] : [];
  }
  return outcome.p !== undefined && numbers.includes(outcome.p) ? [] : [outcome];
}
