import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeline } from '@gangway/product/features/people/server/queries/timeline.ts';
import { allRows } from '@gangway/product/ports/warehouse/all-rows.contract.ts';
import { describeWarehouseContract } from '@gangway/product/ports/warehouse/warehouse.contract.ts';
import { sampleBatch, sampleWarehouseRow } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDuckdbWarehouse } from './duckdb-warehouse.ts';

const temporary = () => mkdtempSync(join(tmpdir(), 'gangway-duckdb-'));

// Rows are put in order every few, so that all that is asked is asked of both kinds.
describeWarehouseContract('DuckDB', async () => {
  const folder = temporary();
  const open = () => createDuckdbWarehouse({ path: join(folder, 'warehouse.duckdb'), memoryLimit: '128MB', threads: 1, runLength: 3 });
  return { warehouse: await open(), reopen: open, close: async () => rmSync(folder, { recursive: true }) };
});

describe('a DuckDB file', () => {
  const scope = 'w_1/production';
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  const place = () => {
    const folder = temporary();
    folders.push(folder);
    return { folder, path: join(folder, 'warehouse.duckdb') };
  };

  test('that cannot be read is set aside, and the store starts empty', async () => {
    const { folder, path } = place();
    writeFileSync(path, 'this is no database '.repeat(500));
    const said: string[] = [];
    const warehouse = await createDuckdbWarehouse({ path, log: (sentence) => said.push(sentence) });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('built again from the event log');
    expect(await warehouse.position(0)).toBe(0);
    await warehouse.write(sampleBatch({ position: 4, rows: [sampleWarehouseRow({ scope, id: 'b' })] }));
    await warehouse.close();
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['warehouse.duckdb', 'warehouse.duckdb.unreadable']));
    const again = await createDuckdbWarehouse({ path, log: (sentence) => said.push(sentence) });
    expect((await again.run(allRows, { scope })).map((row) => row.id)).toEqual(['b']);
    expect(said).toHaveLength(1);
    await again.close();
  });

  test('that ended the process twice while it was read is set aside', async () => {
    const { folder, path } = place();
    const first = await createDuckdbWarehouse({ path });
    await first.write(sampleBatch({ position: 4 }));
    await first.close();
    for (const [deaths, position] of [
      [1, 4],
      [2, 0],
    ]) {
      writeFileSync(`${path}.opening`, String(deaths));
      const said: string[] = [];
      const warehouse = await createDuckdbWarehouse({ path, log: (sentence) => said.push(sentence) });
      expect(await warehouse.position(0)).toBe(position);
      expect(said).toHaveLength(position === 0 ? 1 : 0);
      await warehouse.close();
    }
    expect(readdirSync(folder)).toEqual(['warehouse.duckdb', 'warehouse.duckdb.unreadable']);
  });

  test('of a process that was killed holds all that was acknowledged, in whole batches', async () => {
    const { path } = place();
    const writer = join(import.meta.dirname, 'testing', 'write-until-killed.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', writer, path, scope], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = 0;
    child.stdout.setEncoding('utf8').on('data', (lines: string) => {
      acknowledged = Number(lines.trim().split('\n').at(-1));
      if (acknowledged > 150) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const warehouse = await createDuckdbWarehouse({ path });
    const position = await warehouse.position(0);
    expect(position).toBeGreaterThanOrEqual(acknowledged);
    const ids = (await warehouse.run(allRows, { scope })).map((row) => row.id);
    expect(ids).toEqual(Array.from({ length: position }, (_, index) => [1, 2, 3].map((number) => `${index + 1}-${number}`)).flat());
    await warehouse.close();
  });

  test.each([0.1, 0.5, 0.9, 1])('whose journal is cut or altered at %d holds whole batches up to its position', async (share) => {
    const { folder, path } = place();
    const warehouse = await createDuckdbWarehouse({ path });
    for (let position = 1; position <= 20; position++) {
      const rows = [1, 2, 3].map((number) => sampleWarehouseRow({ scope, id: `${position}-${number}`, k: position * 10 + number }));
      await warehouse.write(sampleBatch({ position, rows }));
    }
    const file = readFileSync(path);
    const journal = readFileSync(`${path}.wal`);
    await warehouse.close();
    const at = Math.floor((journal.length - 1) * share);
    const altered = Buffer.from(journal);
    altered[at] = (altered[at] ?? 0) ^ 0x55;
    for (const bytes of [journal.subarray(0, at), altered]) {
      const copy = join(folder, `copy-${bytes.length}.duckdb`);
      writeFileSync(copy, file);
      writeFileSync(`${copy}.wal`, bytes);
      const opened = await createDuckdbWarehouse({ path: copy });
      const position = await opened.position(0);
      const ids = (await opened.run(allRows, { scope })).map((row) => row.id);
      expect(ids).toEqual(Array.from({ length: position }, (_, index) => [1, 2, 3].map((number) => `${index + 1}-${number}`)).flat());
      await opened.close();
    }
  });

  test('65: in which one bit is flipped never answers wrongly: it is set aside, named, and filled anew', async () => {
    const { folder, path } = place();
    const first = await createDuckdbWarehouse({ path });
    const rows = Array.from({ length: 400 }, (_, index) => sampleWarehouseRow({ scope, id: `row-${index}`, k: index }));
    await first.write(sampleBatch({ position: 7, rows }));
    const right = await first.run(allRows, { scope });
    await first.close();
    const whole = readFileSync(path);
    const found = { unread: 0, mended: 0 };
    // Two in the headers, the others spread over the blocks.
    for (const at of [
      20,
      5_000,
      ...Array.from({ length: 5 }, (_, index) => 12_300 + Math.floor(((whole.length - 12_300) / 5) * (index + 0.1))),
    ]) {
      const copy = join(folder, `flipped-${at}.duckdb`);
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ 0x10;
      writeFileSync(copy, altered);
      const said: string[] = [];
      const warehouse = await createDuckdbWarehouse({ path: copy, log: (sentence) => said.push(sentence) });
      const answer = await warehouse.run(allRows, { scope }).catch(() => undefined);
      if ((await warehouse.position(0)) === 7) {
        expect(answer).toEqual(right);
        found.unread++;
      } else {
        found.mended++;
        expect(said.join()).toContain(`${copy}.unreadable`);
        expect(readFileSync(`${copy}.unreadable`).length).toBe(altered.length);
        await warehouse.write(sampleBatch({ position: 7, rows }));
        expect(await warehouse.run(allRows, { scope })).toEqual(right);
      }
      await warehouse.close();
    }
    expect(found.mended).toBeGreaterThan(2);
  });

  test('finds one person under many numbers, in order or not', async () => {
    const { path } = place();
    const warehouse = await createDuckdbWarehouse({ path, runLength: 20 });
    const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
    for (const person of numbers) {
      const rows = [sampleWarehouseRow({ scope, id: `r${person}`, person, k: person }), sampleWarehouseRow({ scope, id: 'x', person: 99 })];
      await warehouse.write(sampleBatch({ position: person, rows, merges: person > 12 ? [] : [{ scope, from: person, to: 12 }] }));
    }
    const idsOf = async (person: number) =>
      (await warehouse.run(timeline, { scope, person, before: Number.MAX_SAFE_INTEGER, limit: 20 })).map((row) => row.id);
    expect(await idsOf(12)).toEqual(Array.from({ length: 12 }, (_, index) => `r${12 - index}`));
    expect([await idsOf(13), await idsOf(5), await idsOf(100)]).toEqual([['r13'], [], []]);
    await warehouse.close();
  });

  test('gives whole pages of a person while rows are put in order, joined and written', async () => {
    const { path } = place();
    const warehouse = await createDuckdbWarehouse({ path, runLength: 7 });
    const rowsOf = (position: number) =>
      [1, 2, 3].map((number) => sampleWarehouseRow({ scope, id: `r${position}-${number}`, person: number, k: position }));
    let written = 0;
    let asking = true;
    const page = async () =>
      (await warehouse.run(timeline, { scope, person: 2, before: Number.MAX_SAFE_INTEGER, limit: 25 })).map(({ k }) => k);
    const asker = (async () => {
      while (asking) {
        const known = written;
        const keys = await page();
        const newest = keys[0] ?? 0;
        expect(newest).toBeGreaterThanOrEqual(known);
        expect(keys).toEqual(Array.from({ length: Math.min(25, newest) }, (_, index) => newest - index));
      }
    })();
    for (let position = 1; position <= 60; position++) {
      await warehouse.write(sampleBatch({ position, rows: rowsOf(position) }));
      written = position;
    }
    asking = false;
    await asker;
    expect(await page()).toEqual(Array.from({ length: 25 }, (_, index) => 60 - index));
    await warehouse.close();
  });

  test('finds the newest rows of a person who was erased, merged, or came late, also after opening again', async () => {
    const { path } = place();
    const rows = Array.from({ length: 60 }, (_, index) =>
      sampleWarehouseRow({ scope, id: `r${index}`, person: 1 + (index % 3), k: (index * 37) % 60, account: index % 2 ? null : '' }),
    );
    for (const kept of [{ runLength: 1 }, { runLength: 10 }, { runLength: 1000 }, { recentBytes: 1500 }]) {
      const file = `${path}-${Object.values(kept)}`;
      let warehouse = await createDuckdbWarehouse({ path: file, ...kept });
      for (let position = 1; position <= 6; position++)
        await warehouse.write(sampleBatch({ position, rows: rows.slice((position - 1) * 10, position * 10) }));
      await warehouse.write(sampleBatch({ position: 7, merges: [{ scope, from: 1, to: 2 }] }));
      await warehouse.erase(scope, [3]);
      const expected = rows.filter(({ person }) => person < 3).sort((a, b) => b.k - a.k);
      for (const before of [100, 30]) {
        const wanted = expected.filter(({ k }) => k < before).slice(0, 12);
        const page = () => warehouse.run(timeline, { scope, person: 2, before, limit: 12 });
        expect(await page()).toEqual(wanted.map((row) => ({ ...row, person: 2 })));
        await warehouse.close();
        warehouse = await createDuckdbWarehouse({ path: file, ...kept });
        expect(await page()).toEqual(wanted.map((row) => ({ ...row, person: 2 })));
      }
      expect(await warehouse.run(timeline, { scope, person: 3, before: 100, limit: 12 })).toEqual([]);
      await warehouse.close();
    }
  });

  test('that another process holds is left alone', async () => {
    const { folder, path } = place();
    const code = `require('@duckdb/node-api').DuckDBInstance.create(process.argv[1]).then(() => { console.log('held'); setInterval(() => undefined, 1000); })`;
    const holder = spawn(process.execPath, ['-e', code, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    await expect(createDuckdbWarehouse({ path })).rejects.toThrow(/cannot be opened: .*lock/);
    expect(readdirSync(folder).some((name) => name.includes('.unreadable'))).toBe(false);
    holder.kill();
    await once(holder, 'exit');
    await (await createDuckdbWarehouse({ path })).close();
  });

  test('a query cannot reach the file system or change the settings', async () => {
    const { folder, path } = place();
    const warehouse = await createDuckdbWarehouse({ path });
    writeFileSync(join(folder, 'secret.csv'), 'a\n1\n');
    const ask = (text: string) =>
      warehouse.run(
        {
          name: 'hostile',
          duckdb: () => ({ text, values: [] }),
          clickhouse: () => ({ text, values: [] }),
          fold: () => [],
          finish: (rows) => rows,
        },
        { scope },
      );
    await expect(ask(`select * from read_csv('${join(folder, 'secret.csv')}')`)).rejects.toThrow(/disabled/);
    await expect(ask(`copy (select 1) to '${join(folder, 'out.csv')}'`)).rejects.toThrow(/disabled/);
    await expect(ask('set threads = 4')).rejects.toThrow(/locked/);
    await expect(ask(`attach '${join(folder, 'other.duckdb')}'`)).rejects.toThrow();
    expect(await warehouse.position(0)).toBe(0);
    await warehouse.close();
  });

  test('writes go on while heavy queries run', async () => {
    const { path } = place();
    const warehouse = await createDuckdbWarehouse({ path });
    const text = 'select count(*) as n from range(200000) a, range(400) b where (a.range * 31 + b.range) % 7 = 3';
    const heavy = {
      name: 'heavy',
      duckdb: () => ({ text, values: [] }),
      clickhouse: () => ({ text, values: [] }),
      fold: () => [],
      finish: () => 'done' as const,
    };
    let done = 0;
    const queries = Array.from({ length: 3 }, () => warehouse.run(heavy, { scope }).then(() => done++));
    for (let position = 1; position <= 5; position++)
      await warehouse.write(sampleBatch({ position, rows: [sampleWarehouseRow({ scope, id: `r${position}` })] }));
    expect(done).toBeLessThan(3);
    await Promise.all(queries);
    await warehouse.close();
  });

  test('a question ends when its asker goes, when its time is over, and another follows', async () => {
    const { path } = place();
    const warehouse = await createDuckdbWarehouse({ path, queryTime: 300 });
    const text = 'select count(*) as n from range(2000000) a, range(200000) b where (a.range * 31 + b.range) % 7 = 3';
    const endless = { name: 'endless', duckdb: () => ({ text, values: [] }), clickhouse: () => ({ text, values: [] }), fold: () => [] };
    const ask = (asker?: AbortSignal) => warehouse.run({ ...endless, finish: () => 'done' as const }, { scope }, { asker });
    const leaving = new AbortController();
    const answers = Promise.allSettled([ask(leaving.signal), ask(), ask(leaving.signal)]);
    await vi.waitFor(() => expect(warehouse.load()).toEqual({ running: 2, waiting: 1 }));
    leaving.abort();
    const codes = (await answers).map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'done'));
    expect(codes).toEqual(['query_left', 'query_too_long', 'query_left']);
    expect(warehouse.load()).toEqual({ running: 0, waiting: 0 });
    expect(await warehouse.run(allRows, { scope })).toEqual([]);
    await warehouse.close();
  });

  test('after closing, everything is refused with a sentence', async () => {
    const { path } = place();
    const warehouse = await createDuckdbWarehouse({ path });
    await warehouse.close();
    await warehouse.close();
    await expect(warehouse.write(sampleBatch({ position: 1 }))).rejects.toThrow('closed');
  });
});
