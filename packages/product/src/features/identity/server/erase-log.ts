import type { Entry, EntryBody, LoggedEntry } from '../../../kernel/entry.ts';
import type { AcceptedEvent } from '../../../kernel/event.ts';
import { fnv1a } from '../../../kernel/hash.ts';
import type { Json } from '../../../kernel/json.ts';
import type { LinkKey } from '../../../kernel/link-key.ts';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { contentOf } from '../../../pipeline/conflicts.ts';
import { resolutions, seen } from '../../../pipeline/tables.ts';
import { proofCounter, type ResolvedEntry } from '../../../pipeline/working-set.ts';
import type { LogBatch } from '../../../ports/event-log/event-log.ts';
import type { Services } from '../../../ports/http/route.ts';
import { isTheirs, type Trace } from './trace.ts';

/** What every part of an erasure is given. */
export interface Erasing {
  readonly services: Pick<Services, 'db' | 'log' | 'keyedDigest'>;
  readonly scope: Scope;
  readonly trace: Trace;
}

/** Persons of the trace whose making was passed already: only the first entry of one has made them. */
export type Made = Set<number>;

/**
 * Takes a person out of one batch of the log and of what it came to. Their entries become `erased` ones, so that
 * every other entry keeps its place; what others' entries say of them is left out. Returns how many entries were
 * theirs. Doing it again changes nothing.
 */
export async function eraseBatch({ services, scope, trace }: Erasing, batch: LogBatch, made: Made): Promise<number> {
  const { db, log } = services;
  const [kept] = await db.transaction({ as: 'system' }, (tx) => tx.get(resolutions, [batch]));
  const outcomes = (kept?.rows ?? []) as unknown as ResolvedEntry[];
  const cameTo = new Map(outcomes.map(({ i, p }) => [i, p]));
  const gone: LoggedEntry[] = [];
  const entries = batch.entries.map((entry, index): LoggedEntry => {
    if (scopeKey(entry.scope) !== scopeKey(scope)) return entry;
    noteMade(entry, made);
    if (!isTheirs(entry, trace, cameTo.get(index))) return withoutMention(entry, trace);
    gone.push(entry);
    return stub(entry, { services, trace, made, number: cameTo.get(index) });
  });
  // In this order each step may be repeated: an entry that was replaced no longer says which ids were remembered, and
  // without what it came to nobody could say what a replay needs of it.
  if (gone.length > 0)
    await db.transaction({ as: 'system' }, (tx) =>
      tx.remove(
        seen,
        gone.map(({ id }) => ({ ...scope, id })),
      ),
    );
  if (entries.some((entry, index) => entry !== batch.entries[index])) await log.replace?.(batch.partition, batch.position, entries);
  const left = outcomes.flatMap((outcome) => withoutPeople(outcome, trace.numbers));
  if (kept && JSON.stringify(left) !== JSON.stringify(outcomes))
    await db.transaction({ as: 'system' }, (tx) => tx.put(resolutions, [{ ...kept, rows: left as unknown as Json }]));
  return gone.length;
}

function noteMade({ body }: LoggedEntry, made: Made): void {
  if (body.what === 'erased' && body.made !== undefined) made.add(body.made);
}

function stub(
  entry: LoggedEntry,
  { services, trace, made, number }: { services: Erasing['services']; trace: Trace; made: Made; number: number | undefined },
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
    return each.length > 0 ? [{ ...outcome, each }] : [];
  }
  return outcome.p !== undefined && numbers.includes(outcome.p) ? [] : [outcome];
}
