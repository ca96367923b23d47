import { array, assert, asyncProperty, integer, record } from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../kernel/clock.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { EventLog } from './event-log.ts';
import { groupByPartition } from './partition.ts';
import { readPartition, readWholeLog } from './read-whole-log.contract.ts';
import { sampleEntries, sampleEntry } from './sample-entry.contract.ts';

/** An empty log, and how to open the same log once more. */
export interface LogUnderTest {
  readonly log: EventLog;
  /** Opens what is on disk again, with the same clock and partitions. Called after `log.close()`. Absent when the log has no disk. */
  reopen?(): Promise<EventLog>;
  /** Removes everything; `log` and what `reopen` gave are closed before. */
  close(): Promise<void>;
}

export type CreateLog = (options: { readonly partitions: number; readonly clock: Clock }) => Promise<LogUnderTest>;

/** The behaviour of every {@link EventLog}. */
export function describeEventLogContract(name: string, create: CreateLog): void {
  describe(`event log: ${name}`, () => {
    const opened: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of opened.splice(0).reverse()) await close();
    });
    const open = async (partitions = 1) => {
      const time = { now: 1_700_000_000_000 };
      const made = await create({ partitions, clock: { now: () => time.now } });
      opened.push(made.close, () => made.log.close());
      const reopen = async () => {
        await made.log.close();
        const again = await made.reopen?.();
        if (!again) throw new Error('this log cannot be opened again');
        opened.push(() => again.close());
        return again;
      };
      return { log: made.log, reopen, time, durable: made.reopen !== undefined };
    };
    describeOrder(open);
    describePartitions(open);
    describeContent(open);
    describeGroupCommit(open);
    describeReopening(open);
    describeReplacing(open);
  });
}

type Open = (partitions?: number) => Promise<{ log: EventLog; reopen: () => Promise<EventLog>; time: { now: number }; durable: boolean }>;

const ids = async (log: EventLog) => (await readWholeLog(log)).flatMap((batch) => batch.entries.map((entry) => entry.id));

function describeOrder(open: Open): void {
  test('a new log is empty', async () => {
    const { log } = await open(2);
    expect(log.partitions).toBe(2);
    expect(await log.end(0)).toBe(0);
    expect(await log.end(1)).toBe(0);
    expect(await log.read(1, 0, 10)).toEqual([]);
  });

  test('an append of nothing touches nothing', async () => {
    const { log } = await open(2);
    expect((await log.append([])).size).toBe(0);
    expect(await log.end(0)).toBe(0);
    expect(await log.end(1)).toBe(0);
  });

  test('entries keep the order given, in an append and from one append to the next', async () => {
    const { log } = await open();
    await log.append(sampleEntries('a', 3));
    await log.append(sampleEntries('b', 2));
    expect(await ids(log)).toEqual(['a-0', 'a-1', 'a-2', 'b-0', 'b-1']);
  });

  test('positions grow, and tell where an append ended up', async () => {
    const { log } = await open();
    const first = (await log.append(sampleEntries('a', 2))).get(0) ?? 0;
    const second = (await log.append(sampleEntries('b', 1))).get(0) ?? 0;
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(await log.end(0)).toBe(second);
    expect((await log.read(0, first, 10)).map((batch) => [batch.position, batch.entries.map((entry) => entry.id)])).toEqual([
      [second, ['b-0']],
    ]);
  });

  test('read gives at most the limit, oldest first, after the position', async () => {
    const { log } = await open();
    for (const letter of ['a', 'b', 'c', 'd']) await log.append(sampleEntries(letter, 1));
    const whole = await log.read(0, 0, 100);
    expect(whole.map((batch) => batch.entries[0]?.id)).toEqual(['a-0', 'b-0', 'c-0', 'd-0']);
    expect(await log.read(0, 0, 2)).toEqual(whole.slice(0, 2));
    expect(await log.read(0, whole[0]?.position ?? 0, 2)).toEqual(whole.slice(1, 3));
    expect(await log.read(0, await log.end(0), 2)).toEqual([]);
    expect(await log.read(0, (await log.end(0)) + 1000, 2)).toEqual([]);
  });

  test('a read that has enough entries stops with the batch that brought them, and has one at least', async () => {
    const { log } = await open();
    for (const [letter, entries] of [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ] as const)
      await log.append(sampleEntries(letter, entries));
    const upTo = async (limit: number, enough: number) => (await log.read(0, 0, limit, enough)).map(({ entries }) => entries.length);
    expect(await upTo(10, 1)).toEqual([3]);
    expect(await upTo(10, 3)).toEqual([3]);
    expect(await upTo(10, 4)).toEqual([3, 2]);
    expect(await upTo(10, 6)).toEqual([3, 2, 1]);
    expect(await upTo(10, 100)).toEqual([3, 2, 1]);
    expect(await upTo(2, 100)).toEqual([3, 2]);
  });
}

function describePartitions(open: Open): void {
  test('one key is in one partition, in order', async () => {
    const { log } = await open(4);
    const entries = sampleEntries('a', 40, 10);
    const at = await log.append(entries);
    const expected = groupByPartition(entries, 4);
    expect(expected.size).toBeGreaterThan(1);
    expect([...at.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [partition, group] of expected) {
      const stored = (await readPartition(log, partition)).flatMap((batch) => batch.entries.map((entry) => entry.id));
      expect(stored).toEqual(group.map((entry) => entry.id));
      expect(at.get(partition)).toBe(await log.end(partition));
    }
  });

  test('the instants of a partition never go back, also when the clock does', async () => {
    const { log, time } = await open();
    const instants = [1_700_000_000_000, 1_700_000_005_000, 1_699_999_000_000, 1_700_000_004_999, 1_700_000_006_000];
    for (const [index, now] of instants.entries()) {
      time.now = now;
      await log.append(sampleEntries(`a${index}`, 2));
    }
    const at = (await readPartition(log, 0)).flatMap((batch) => batch.entries.map((entry) => entry.at));
    const expected = [1_700_000_000_000, 1_700_000_005_000, 1_700_000_005_000, 1_700_000_005_000, 1_700_000_006_000];
    expect(at).toEqual(expected.flatMap((instant) => [instant, instant]));
  });
}

function describeContent(open: Open): void {
  test.each<[string, JsonObject]>([
    ['NUL', { text: 'a\u0000b', 'key\u0000': 1 }],
    ['lone surrogates', { high: '\ud800', low: 'x\udfffy' }],
    ['controls, quotes and unicode', { text: '\u0001\u001f"\\\'\r\n\u2028\u2029 日本語 🚪 e\u0301' }],
    ['nested nulls', { a: null, b: [null, { c: null }], d: {} }],
    ['keys of prototypes', JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}')],
    ['numbers', { large: 2 ** 53 - 1, small: 5e-324, negative: -0.1 }],
  ])('an entry survives: %s', async (_, properties) => {
    const { log } = await open();
    const entry = sampleEntry({ id: 'a\u0000"', user: `o'brien\ud800`, properties });
    await log.append([entry]);
    const [batch] = await log.read(0, 0, 1);
    expect(batch?.entries).toEqual([{ ...entry, at: 1_700_000_000_000 }]);
  });

  test('entries of 400 kB, several at a time', async () => {
    const { log } = await open();
    const large = Array.from({ length: 6 }, (_, index) =>
      sampleEntry({ id: `large-${index}`, properties: { text: String(index).repeat(400_000) } }),
    );
    await log.append([...large.slice(0, 5), sampleEntry({ id: 'small' })]);
    await log.append(large.slice(5));
    const entries = (await readWholeLog(log)).flatMap((batch) => batch.entries);
    expect(entries.map((entry) => entry.id)).toEqual(['large-0', 'large-1', 'large-2', 'large-3', 'large-4', 'small', 'large-5']);
    expect(entries.map((entry) => JSON.stringify(entry).length > 400_000)).toEqual([true, true, true, true, true, false, true]);
  });

  test('many entries in one append', async () => {
    const { log } = await open(3);
    const entries = sampleEntries('m', 5000, 50);
    await log.append(entries);
    expect((await ids(log)).sort()).toEqual(entries.map((entry) => entry.id).sort());
  });
}

function describeGroupCommit(open: Open): void {
  test('appends at the same time: nothing lost, nothing doubled, each where it was told', async () => {
    const { log } = await open(3);
    const appends = Array.from({ length: 200 }, (_, index) => sampleEntries(`c${index}`, 1 + (index % 4), 5));
    const told = await Promise.all(appends.map((entries) => log.append(entries)));
    const stored = await readWholeLog(log);
    const whereIs = new Map(stored.flatMap((batch) => batch.entries.map((entry) => [entry.id, batch] as const)));
    expect(stored.flatMap((batch) => batch.entries)).toHaveLength(appends.flat().length);
    expect(whereIs.size).toBe(appends.flat().length);
    for (const [index, entries] of appends.entries()) {
      const last = new Map(entries.map((entry) => [whereIs.get(entry.id)?.partition, whereIs.get(entry.id)?.position]));
      expect(told[index]).toEqual(last);
    }
  });

  test('appends that are not awaited keep the order in which they were called', async () => {
    const { log } = await open();
    await Promise.all(Array.from({ length: 60 }, (_, index) => log.append(sampleEntries(`o${index}`, 2))));
    expect(await ids(log)).toEqual(Array.from({ length: 60 }, (_, index) => [`o${index}-0`, `o${index}-1`]).flat());
  });

  test('what was appended can be read at once', async () => {
    const { log } = await open();
    const appends = Array.from({ length: 20 }, async (_, index) => {
      const at = (await log.append(sampleEntries(`r${index}`, 1))).get(0) ?? 0;
      const [batch] = await log.read(0, at - 1, 1);
      expect(batch?.entries.map((entry) => entry.id)).toContain(`r${index}-0`);
    });
    await Promise.all(appends);
  });

  test('any appends: the log holds what was given', async () => {
    await assert(
      asyncProperty(
        array(array(record({ user: integer({ min: 0, max: 5 }), text: integer() }), { maxLength: 4 }), { maxLength: 12 }),
        async (appends) => {
          const { log } = await open(3);
          const given = appends.map((group, index) =>
            group.map(({ user, text }, place) => sampleEntry({ id: `${index}-${place}`, user: `u${user}`, properties: { text } })),
          );
          await Promise.all(given.map((entries) => log.append(entries)));
          for (const [partition, group] of groupByPartition(given.flat(), 3)) {
            const stored = (await readPartition(log, partition)).flatMap((batch) => batch.entries.map(({ at: _, ...entry }) => entry));
            expect(stored).toEqual(group);
          }
        },
      ),
      { numRuns: 8 },
    );
  });
}

function describeReopening(open: Open): void {
  test('opened again it holds everything and goes on', async (context) => {
    const { log, reopen, durable } = await open(2);
    if (!durable) return context.skip('this log has no disk');
    await log.append(sampleEntries('a', 20, 5));
    const before = await readWholeLog(log);
    const ends = [await log.end(0), await log.end(1)];
    const again = await reopen();
    expect(await readWholeLog(again)).toEqual(before);
    expect([await again.end(0), await again.end(1)]).toEqual(ends);
    await again.append(sampleEntries('b', 20, 5));
    expect(await again.end(0)).toBeGreaterThan(ends[0] ?? 0);
    expect(await ids(again)).toHaveLength(40);
  });

  test('opened again under a clock that went back, instants still never go back', async (context) => {
    const { log, reopen, time, durable } = await open();
    if (!durable) return context.skip('this log has no disk');
    await log.append(sampleEntries('a', 1));
    time.now -= 3_600_000;
    const again = await reopen();
    await again.append(sampleEntries('b', 1));
    const at = (await readPartition(again, 0)).flatMap((batch) => batch.entries.map((entry) => entry.at));
    expect(at).toEqual([1_700_000_000_000, 1_700_000_000_000]);
  });
}

function describeReplacing(open: Open): void {
  test('a batch whose entries are replaced keeps its place and its instant; what was there is gone', async (context) => {
    const { log, time } = await open();
    if (!log.replace) return context.skip('what is in this log cannot be changed');
    await log.append(sampleEntries('a', 2));
    time.now += 1_000;
    await log.append(sampleEntries('b', 1));
    const [first, second] = await readPartition(log, 0);
    await log.replace(0, first?.position ?? 0, sampleEntries('c', 2));
    const [replaced, other] = await readPartition(log, 0);
    expect(replaced?.entries.map(({ id }) => id)).toEqual(sampleEntries('c', 2).map(({ id }) => id));
    expect([replaced?.position, replaced?.entries[0]?.at]).toEqual([first?.position, first?.entries[0]?.at]);
    expect(other).toEqual(second);
    expect(await log.end(0)).toBe(second?.position);
  });
}
