import { expect, test } from 'vitest';
import type { EntryBody, LoggedEntry } from '../kernel/entry.ts';
import type { Tx } from '../ports/db/db.ts';
import { createMemoryDb } from '../ports/db/memory-db.ts';
import { contentOf } from './event-content.ts';
import { plainDigest } from './plain-digest.contract.ts';
import { digestOf, forgetIds, insertIds } from './seen-ids.ts';
import { seenEntries, seenEvents } from './tables.ts';

const scope = { workspace: 'w', environment: 'e' };
const other = { workspace: 'w', environment: 'other' };

function entry(id: string, body: EntryBody, part: Partial<LoggedEntry> = {}): LoggedEntry {
  return { id, scope, origin: 'source', depth: 0, at: 1_000, body, ...part };
}

function event(id: string, part: Partial<LoggedEntry> = {}, name = 'A'): LoggedEntry {
  const accepted = { type: 'track', messageId: id, userId: 'u1', event: name, time: 0, receivedAt: 0, level: 'server' } as const;
  return entry(id, { what: 'event', event: accepted }, part);
}

const wake = (id: string, part: Partial<LoggedEntry> = {}): LoggedEntry =>
  entry(id, { what: 'wake', subject: { kind: 'person', id: 'p_1' }, due: 5 }, part);

const erased = (id: string, was: 'event' | 'other', part: Partial<LoggedEntry> = {}): LoggedEntry =>
  entry(id, { what: 'erased', was, ...(was === 'event' ? { content: 77 } : {}) }, part);

function createMemory() {
  const db = createMemoryDb();
  const transaction = <T>(work: (tx: Tx) => Promise<T>) => db.transaction({ as: 'system' }, work);
  /** Of these entries, by their place: which are new, and which are events that are not. */
  const insert = async (...entries: readonly LoggedEntry[]) => {
    const { fresh, repeats, inserted } = await transaction((tx) => insertIds(tx, entries, plainDigest));
    const places = (some: (each: LoggedEntry) => boolean) => entries.flatMap((each, index) => (some(each) ? [index] : []));
    return { fresh: places((each) => fresh.has(each)), repeats: places((each) => repeats.some((one) => one.entry === each)), inserted };
  };
  const forget = (...entries: readonly LoggedEntry[]) => transaction((tx) => forgetIds(tx, entries, plainDigest));
  const rows = () =>
    transaction(async (tx) => ({
      events: (await tx.list(seenEvents, {})).map(({ digest }) => digest).sort(),
      entries: (await tx.list(seenEntries, {})).map(({ id, environment }) => `${environment}/${id}`).sort(),
    }));
  return { insert, forget, rows };
}

test('the first of an id is new, those behind it are repeats, in one call and in the next', async () => {
  const { insert } = createMemory();
  expect(await insert(event('a'), wake('w1'), event('b'), event('a', { at: 2_000 }), wake('w1'))).toMatchObject({
    fresh: [0, 1, 2],
    repeats: [3],
  });
  expect(await insert(event('b'), event('c'), wake('w1'), wake('w2'))).toMatchObject({ fresh: [1, 3], repeats: [0] });
  expect(await insert(event('a'), wake('w2'))).toMatchObject({ fresh: [], repeats: [0] });
  expect(await insert()).toEqual({ fresh: [], repeats: [], inserted: [] });
});

test('the rows of new events say when they came, and what the first of their id said', async () => {
  const { insert } = createMemory();
  const [first, second] = [event('a', { at: 5 }, 'First'), event('a', { at: 6 }, 'Second')];
  const { inserted } = await insert(first, second, wake('w1'));
  expect(contentOf(first)).not.toBe(contentOf(second));
  expect(inserted).toEqual([{ digest: digestOf(first, plainDigest), at: 5, content: contentOf(first), ...scope }]);
  expect((await insert(second)).inserted).toEqual([]);
});

test('an id of another environment or workspace is another', async () => {
  const { insert } = createMemory();
  const elsewhere = { workspace: 'v', environment: 'e' };
  const scopes = [scope, other, elsewhere];
  const entries = scopes.flatMap((each) => [event('a', { scope: each }), wake('w1', { scope: each })]);
  expect(await insert(...entries)).toMatchObject({ fresh: [0, 1, 2, 3, 4, 5], repeats: [] });
  expect(await insert(...entries)).toMatchObject({ fresh: [], repeats: [0, 2, 4] });
});

test('an event and another entry of one id do not meet', async () => {
  const { insert } = createMemory();
  expect(await insert(event('a'), wake('a'))).toMatchObject({ fresh: [0, 1], repeats: [] });
  expect(await insert(wake('a'), event('a'))).toMatchObject({ fresh: [], repeats: [1] });
});

test('what is left of an event counts as one, and what is left of another entry does not', async () => {
  const { insert, rows } = createMemory();
  const { fresh, repeats, inserted } = await insert(erased('a', 'event'), erased('b', 'other'), event('a'), erased('a', 'event'));
  expect({ fresh, repeats }).toEqual({ fresh: [0, 1], repeats: [2, 3] });
  expect(inserted.map(({ content }) => content)).toEqual([77]);
  expect((await rows()).entries).toEqual(['e/b']);
});

test('what is forgotten is new once more, and nothing else is', async () => {
  const { insert, forget, rows } = createMemory();
  const all = [
    event('a'),
    event('b'),
    wake('a'),
    wake('b'),
    event('a', { scope: other }),
    wake('a', { scope: other }),
    erased('x', 'event'),
  ];
  await insert(...all);
  await forget(event('a'), wake('b'), erased('x', 'event'), event('unknown'), wake('unknown'));
  const digests = [event('b'), event('a', { scope: other })].map((each) => digestOf(each, plainDigest)).sort();
  expect(await rows()).toEqual({ events: digests, entries: ['e/a', 'other/a'] });
  expect(await insert(...all)).toMatchObject({ fresh: [0, 3, 6], repeats: [1, 4] });
  await forget();
});

test('a digest is 32 digits of what the platform makes of tenant and id, and tells tenants from ids', () => {
  const asked: string[] = [];
  const digest = (text: string) => {
    asked.push(text);
    return '0123456789abcdef'.repeat(4);
  };
  expect(digestOf(event('a/b'), digest)).toBe('0123456789abcdef0123456789abcdef');
  expect(asked).toEqual(['w/e/a/b']);
});
