import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, integer, nat, property, string, uint8Array } from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openJournal } from './journal.ts';
import { decodeRecords, encodeRecord } from './journal-segment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const message = (id: string) => ({ id, partition: 0, entries: `[{"id":"${id}"}]` });
const files = () => readdirSync(folder).sort();
const lastFile = () => join(folder, files().at(-1) ?? '');

test('records: whatever follows the first cut or altered one is left out, never misread', () => {
  assert(
    property(
      array(string({ unit: 'binary' }), { maxLength: 6 }),
      integer({ min: 0, max: 2000 }),
      integer({ min: 1, max: 255 }),
      (texts, at, change) => {
        const bytes = Buffer.concat(texts.map(encodeRecord));
        expect(decodeRecords(bytes)).toEqual({ records: texts, whole: bytes.length });
        const place = bytes.length === 0 ? 0 : at % bytes.length;
        expect(texts.slice(0, decodeRecords(bytes.subarray(0, place)).records.length)).toEqual(
          decodeRecords(bytes.subarray(0, place)).records,
        );
        if (bytes.length === 0) return;
        bytes[place] = (bytes[place] ?? 0) ^ change;
        const { records } = decodeRecords(bytes);
        expect(records.length).toBeLessThan(texts.length);
        expect(records).toEqual(texts.slice(0, records.length));
      },
    ),
    { numRuns: 300 },
  );
});

test('what was written down is found again, with the position where it is known', async () => {
  const journal = await openJournal(folder, 60_000);
  expect(journal.left).toEqual([]);
  await journal.add([message('a'), message('b')]);
  await journal.add([message('c'), message('d')]);
  await journal.acknowledge([{ id: 'b', position: 7 }]);
  await journal.refuse(['c']);
  await journal.close();
  const again = await openJournal(folder, 60_000);
  expect(again.left).toEqual([
    { ...message('a'), position: undefined },
    { ...message('b'), position: 7 },
    { ...message('d'), position: undefined },
  ]);
  await again.close();
});

test('64: a torn tail is cut, and what follows in the next run is whole', async () => {
  const journal = await openJournal(folder, 60_000);
  await journal.add([message('a'), message('b')]);
  await journal.close();
  const whole = readFileSync(lastFile()).length;
  truncateSync(lastFile(), whole - 3);
  const second = await openJournal(folder, 60_000);
  expect(second.left.map(({ id }) => id)).toEqual(['a']);
  await second.add([message('c')]);
  await second.close();
  appendFileSync(lastFile(), Buffer.from([200, 0, 0, 0, 1, 2, 3]));
  const third = await openJournal(folder, 60_000);
  expect(third.left.map(({ id }) => id)).toEqual(['a', 'c']);
  await third.close();
});

test('files go when all in them was acknowledged long enough ago, the oldest first', async () => {
  const journal = await openJournal(folder, 0);
  await journal.add([message('a')]);
  const first = files();
  await journal.add([message('b')]);
  await journal.acknowledge([{ id: 'b', position: 2 }]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await journal.add([message('c')]);
  expect(files()).toEqual(expect.arrayContaining(first));
  await journal.acknowledge([
    { id: 'a', position: 1 },
    { id: 'c', position: 3 },
  ]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await journal.add([message('d')]);
  expect(files()).not.toEqual(expect.arrayContaining(first));
  await journal.close();
  const again = await openJournal(folder, 0);
  expect(again.left.map(({ id }) => id)).toEqual(['d']);
  await again.close();
});

test('files of an earlier run stay until they are settled', async () => {
  const journal = await openJournal(folder, 0);
  await journal.add([message('a')]);
  await journal.close();
  const first = files();
  const again = await openJournal(folder, 0);
  await again.add([message('b')]);
  expect(files()).toEqual(expect.arrayContaining(first));
  again.settled();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await again.add([message('c')]);
  expect(files()).not.toEqual(expect.arrayContaining(first));
  await again.close();
});

test('a write that fails half way is taken back: what follows is whole', async () => {
  const journal = await openJournal(folder, 60_000);
  await journal.add([message('a')]);
  const any = await open(lastFile(), 'r');
  const prototype = Object.getPrototypeOf(any) as FileHandle;
  await any.close();
  const full = vi.spyOn(prototype, 'appendFile').mockImplementationOnce(async () => {
    appendFileSync(lastFile(), encodeRecord('half').subarray(0, 9));
    throw new Error('ENOSPC');
  });
  await expect(journal.add([message('b')])).rejects.toThrow('ENOSPC');
  full.mockRestore();
  await journal.add([message('c')]);
  await journal.close();
  const again = await openJournal(folder, 60_000);
  expect(again.left.map(({ id }) => id)).toEqual(['a', 'c']);
  await again.close();
});

test('other files in the folder are left alone', async () => {
  writeFileSync(join(folder, 'note.txt'), 'mine');
  const journal = await openJournal(folder, 0);
  await journal.add([message('a')]);
  await journal.close();
  expect(readFileSync(join(folder, 'note.txt'), 'utf8')).toBe('mine');
});

test('64: power lost at any byte after the last sync: all that was acknowledged is there, what was torn is cut and told', async () => {
  await assert(
    asyncProperty(
      array(array(string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      uint8Array({ maxLength: 600 }),
      nat(),
      async (flushes, sector, at) => {
        const place = mkdtempSync(join(folder, 'power-'));
        const journal = await openJournal(place, 60_000);
        const path = join(place, readdirSync(place)[0] ?? '');
        const acknowledged: string[] = [];
        for (const [index, flush] of flushes.entries()) {
          const messages = flush.map((text, number) => ({ ...message(`${index}-${number}`), entries: text }));
          await journal.add(messages);
          acknowledged.push(...messages.map(({ id }) => id));
        }
        const synced = readFileSync(path).length;
        await journal.acknowledge(acknowledged.map((id) => ({ id, position: 1 })));
        await journal.close();
        // Of what was written after the sync any part may be on disk, and the last sector may hold anything.
        const left = synced + (at % (readFileSync(path).length - synced + 1));
        truncateSync(path, left);
        appendFileSync(path, sector);
        const told: string[] = [];
        const again = await openJournal(place, 60_000, { report: (sentence) => told.push(sentence) });
        await again.close();
        expect(again.left.map(({ id }) => id)).toEqual(acknowledged);
        if (sector.length > 0) expect(told.join(' ')).toContain('half written');
      },
    ),
    { numRuns: 60 },
  );
});

test('65: one bit flipped anywhere in a closed file: told by name, kept aside, and all other records are read', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `message-${index}`);
  const journal = await openJournal(folder, 60_000);
  for (const id of ids) await journal.add([message(id)]);
  await journal.close();
  const path = lastFile();
  const whole = readFileSync(path);
  await assert(
    asyncProperty(nat(whole.length - 1), integer({ min: 0, max: 7 }), async (at, bit) => {
      const place = mkdtempSync(join(folder, 'flip-'));
      const copy = join(place, '0000000001.journal');
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ (1 << bit);
      writeFileSync(copy, altered);
      const told: string[] = [];
      const again = await openJournal(place, 60_000, { report: (sentence) => told.push(sentence) });
      await again.close();
      const read = again.left.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(read));
      expect(read.length).toBe(ids.length - 1);
      expect(told.join(' ')).toContain(copy);
      // In the last record it cannot be told from a crash: it is cut off as one.
      if (read.at(-1) === ids.at(-1)) expect(readFileSync(`${copy}.damaged`)).toEqual(altered);
    }),
    { numRuns: 80 },
  );
});

test('66: a disk that does not confirm a write: no acknowledgement, nothing more is taken, the process is told to end', async () => {
  const lost: string[] = [];
  const journal = await openJournal(folder, 60_000, { onLost: (reason) => lost.push(reason) });
  await journal.add([message('a')]);
  const any = await open(lastFile(), 'r');
  const prototype = Object.getPrototypeOf(any) as FileHandle;
  await any.close();
  const failing = vi
    .spyOn(prototype, 'datasync')
    .mockRejectedValueOnce(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
  await expect(journal.add([message('b')])).rejects.toThrow('did not confirm');
  // The next sync would succeed, and say nothing of the pages that were thrown away.
  await expect(journal.add([message('c')])).rejects.toThrow('did not confirm');
  failing.mockRestore();
  expect(lost[0]).toContain('EIO');
  await journal.close();
  const again = await openJournal(folder, 60_000);
  expect(again.left.map(({ id }) => id)).toContain('a');
  expect(again.left.map(({ id }) => id)).not.toContain('c');
  await again.close();
});

test('67: a full disk refuses the flush, loses nothing of before, and takes the next when there is room again', async () => {
  const journal = await openJournal(folder, 60_000);
  await journal.add([message('a')]);
  const any = await open(lastFile(), 'r');
  const prototype = Object.getPrototypeOf(any) as FileHandle;
  await any.close();
  const full = vi.spyOn(prototype, 'appendFile').mockRejectedValue(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
  for (const id of ['b', 'c']) await expect(journal.add([message(id)])).rejects.toThrow('ENOSPC');
  full.mockRestore();
  await journal.add([message('d')]);
  await journal.close();
  const again = await openJournal(folder, 60_000);
  expect(again.left.map(({ id }) => id)).toEqual(['a', 'd']);
  await again.close();
});
