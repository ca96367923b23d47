import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sampleBatch, sampleWarehouseRow } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DuckdbWriter } from './duckdb-writer.ts';
import { newestRows } from './newest-rows.ts';
import { openDuckdb } from './open-duckdb.ts';
import { packBatch } from './packed-batch.ts';
import { runStatement } from './run-statement.ts';

const scope = 'w_1/production';
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).toReversed()) step();
});

/** A writer on a file of its own; `write` brings so many rows of one person, one order key after the other. */
async function openWriter({ runLength, recentBytes }: { runLength: number; recentBytes: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-writer-'));
  const settings = { path: join(folder, 'w.duckdb'), memoryLimit: '128MB', threads: 1, runLength, recentBytes };
  const { instance, writer: connection } = await openDuckdb(settings);
  undo.push(
    () => rmSync(folder, { recursive: true }),
    () => instance.closeSync(),
    () => connection.closeSync(),
  );
  const told: string[] = [];
  const on = () => DuckdbWriter.on(connection, { ...settings, isAsked: () => false, tell: (sentence) => told.push(sentence) });
  const writer = await on();
  let written = 0;
  let position = 0;
  const write = async (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => sampleWarehouseRow({ scope, id: `r${written + index}`, k: written + index }));
    await writer.write([packBatch(sampleBatch({ position: position + 1, rows }))]);
    [written, position] = [written + count, position + 1];
  };
  const keys = async () => {
    const page = { scope, newestOf: 1, before: Number.MAX_SAFE_INTEGER, limit: 1000 };
    const found = await newestRows({ writer, ask: (statement) => runStatement(connection, statement) }, page);
    return found.map(({ k }) => k);
  };
  const all = () => Array.from({ length: written }, (_, index) => written - 1 - index);
  return { connection, writer, told, write, keys, all, on };
}

/** Whatever the text is part of is refused until the result is called. */
function refuse(connection: DuckDBConnection, text: string): () => void {
  const run = connection.run.bind(connection);
  const spy = vi.spyOn(connection, 'run').mockImplementation(async (sql, ...rest) => {
    if (sql.includes(text)) throw new Error('the disk is full');
    return run(sql, ...rest);
  });
  return () => spy.mockRestore();
}

describe('runs', () => {
  test.each([
    ['of full length are joined when there are four', { runLength: 20, recentBytes: Number.MAX_SAFE_INTEGER }, { most: 3, joined: 80 }],
    ['half as long are joined when there are eight', { runLength: 40, recentBytes: 800 }, { most: 7, joined: 160 }],
    ['of very long rows are joined when there are twelve', { runLength: 1000, recentBytes: 800 }, { most: 11, joined: 240 }],
  ])('%s', async (_, lengths, { most, joined }) => {
    const { connection, writer, write, keys, all, on } = await openWriter(lengths);
    const counts: number[] = [];
    for (let times = 0; times < 13; times++) {
      await write(20);
      counts.push(writer.memory.runs.count);
      expect(writer.memory.runs.rows).toBe(20 * writer.memory.runs.count);
    }
    expect(Math.max(...counts)).toBe(most);
    const sorted = await connection.runAndReadAll('select count(*) from sorted_rows');
    expect(Number(sorted.getRowsJS()[0]?.[0])).toBe(joined * Math.floor(240 / joined));
    expect((await on()).memory.runs).toEqual(writer.memory.runs);
    expect(await keys()).toEqual(all());
  });
});

describe('what fails', () => {
  const lengths = { runLength: 20, recentBytes: Number.MAX_SAFE_INTEGER };

  test('putting in order: rows stay as they came, are found, and are tried again when there are as many more', async () => {
    const { connection, writer, told, write, keys, all } = await openWriter(lengths);
    await write(20);
    const mend = refuse(connection, 'insert into run_rows');
    await write(5);
    expect(told).toEqual(['20 rows of analytics could not be put in order and stay as they came. the disk is full']);
    expect(await keys()).toEqual(all());
    await write(14);
    expect([told.length, writer.memory.waiting, writer.memory.recent]).toEqual([1, 39, undefined]);
    mend();
    await write(1);
    expect(writer.memory.runs.count).toBe(0);
    await write(1);
    expect([writer.memory.runs, writer.memory.waiting]).toEqual([{ count: 1, rows: 40 }, 1]);
    expect(writer.memory.recent?.bytes).toBeGreaterThan(0);
    expect(await keys()).toEqual(all());
    expect(told).toHaveLength(1);
  });

  test('joining: the runs stay apart, and one more joins them all', async () => {
    const { connection, writer, told, write, keys, all } = await openWriter(lengths);
    for (let times = 0; times < 4; times++) await write(20);
    const mend = refuse(connection, 'insert into sorted_rows');
    await write(20);
    expect(told).toEqual(['4 runs of analytics could not be joined and stay apart until there is one more. the disk is full']);
    expect([writer.memory.runs, writer.memory.waiting]).toEqual([{ count: 4, rows: 80 }, 20]);
    expect(await keys()).toEqual(all());
    mend();
    await write(20);
    expect([writer.memory.runs, writer.memory.highest]).toEqual([{ count: 0, rows: 0 }, 99]);
    expect(await keys()).toEqual(all());
    expect(told).toHaveLength(1);
  });

  test('a write: nothing of it is found, what was there before is, and the same batch is taken when it comes again', async () => {
    const { connection, writer, write, keys, all } = await openWriter(lengths);
    await write(30);
    await write(7);
    const known = writer.memory.recent?.bytes;
    const mend = refuse(connection, 'insert into positions');
    await expect(write(9)).rejects.toThrow('the disk is full');
    expect([writer.memory.waiting, writer.memory.recent?.bytes]).toEqual([7, known]);
    expect(await keys()).toEqual(all());
    mend();
    await write(9);
    expect(writer.memory.waiting).toBe(16);
    expect(await keys()).toEqual(all());
  });
});
