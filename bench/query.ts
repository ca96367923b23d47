// `npm run bench -- query [--rows N] [--runs N]`: the reports' questions put to the embedded warehouse, against the
// best statements we can write by hand over raw rows, in the order in which they came. CPU time is of the whole process.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Warehouse, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { createDuckdbWarehouse } from '@gangway/server/adapters/duckdb/duckdb-warehouse.ts';
import { createRandom } from '../e2e/torture/random.ts';
import { day, days, firstDay, generateRows, peopleOf } from './query/generate.ts';
import { type Question, questionsAbout } from './query/questions.ts';

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '5' } } });
const rows = Number(values.rows);
const runs = Number(values.runs);
const folder = await mkdtemp(join(tmpdir(), 'gangway-bench-'));
const path = join(folder, 'warehouse.duckdb');
const engine = { memoryLimit: '512MB', threads: 2 };
const questions = questionsAbout(peopleOf(rows));

async function costOf<T>(work: () => Promise<T>): Promise<Cost & { result: T }> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const used = process.cpuUsage(cpu);
  return { cpu: (used.user + used.system) / 1000, wall: performance.now() - wall, result };
}

/** The middle of several runs, after one that fills the caches. */
async function measure<T>(work: () => Promise<T>): Promise<Cost & { result: T }> {
  const { result } = await costOf(work);
  const costs: Cost[] = [];
  for (let run = 0; run < runs; run++) costs.push(await costOf(work));
  const middle = (pick: (cost: Cost) => number) => costs.map(pick).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
  return { cpu: middle((cost) => cost.cpu), wall: middle((cost) => cost.wall), result };
}

/** Writes rows as the pipeline does, in batches. */
function load(warehouse: Warehouse, count: number): Promise<Cost> {
  return costOf(async () => {
    let position = 0;
    let batch: WarehouseRow[] = [];
    const flush = async () => {
      await warehouse.write({ partition: 0, position: ++position, rows: batch, merges: [] });
      batch = [];
    };
    for (const row of generateRows(count, createRandom(1))) if (batch.push(row) >= 20_000) await flush();
    await flush();
  });
}

/** What it costs to keep rows in order and days added up: the same rows with and without. */
async function measureKeeping(): Promise<{ rows: number; kept: number; bare: number }> {
  const count = Math.min(rows, 2_000_000);
  const perCpuSecond = async (name: string, runLength: number) => {
    const own = join(folder, `${name}.duckdb`);
    const warehouse = await createDuckdbWarehouse({ path: own, runLength, recentBytes: Number.MAX_SAFE_INTEGER, ...engine });
    const { cpu } = await load(warehouse, count);
    await warehouse.close();
    await rm(own);
    return Math.round(count / (cpu / 1000));
  };
  const bare = await perCpuSecond('bare', Number.MAX_SAFE_INTEGER);
  // Twice in the course of it, whatever the number of rows.
  return { rows: count, kept: await perCpuSecond('kept', Math.floor(count / 2) - 20_000), bare };
}

async function measureRaw(): Promise<Map<Question, Cost & { result: unknown }>> {
  const instance = await DuckDBInstance.create(path, { memory_limit: engine.memoryLimit, threads: String(engine.threads) });
  const connection = await instance.connect();
  await connection.run('create table raw as select word, k, person, account, id, properties from stored_rows where false');
  // Ten days at a time: to sort all at once, it would ask for more memory than it may have.
  for (let from = firstDay; from < firstDay + days * day; from += 10 * day) {
    const [first, end] = [from * 4096, (from + 10 * day) * 4096];
    await connection.run(
      `insert into raw select word, k, person, account, id, properties from stored_rows where k >= ${first} and k < ${end} order by k`,
    );
  }
  const table = async (text: string) => (await connection.runAndReadAll(text)).getRowsJS();
  const numbers = new Map((await table('select name, id from words')).map(([name, id]) => [String(name), Number(id)]));
  const costs = new Map<Question, Cost & { result: unknown }>();
  for (const question of questions) {
    const statement = question.raw((name) => numbers.get(name) ?? -1);
    costs.set(question, await measure(async () => question.read(await table(statement))));
  }
  await connection.run('drop table raw');
  connection.closeSync();
  instance.closeSync();
  return costs;
}

const round = (value: number) => Math.round(value * 100) / 100;
try {
  const keeping = await measureKeeping();
  console.log(`${keeping.rows} rows: ${keeping.kept} a CPU second, ${keeping.bare} without order and days`);
  const warehouse = await createDuckdbWarehouse({ path, ...engine });
  const loaded = await load(warehouse, rows);
  console.log(`${rows} rows written in ${round(loaded.wall / 1000)} s, ${Math.round(rows / (loaded.cpu / 1000))} rows a CPU second`);
  // Of a server that has been writing, as servers do, not of one that was just opened.
  const asked = new Map<Question, Cost & { result: unknown }>();
  for (const question of questions) asked.set(question, await measure(() => question.ask(warehouse)));
  await warehouse.close();
  const { size } = await stat(path);
  const raw = await measureRaw();
  const results = [];
  for (const [question, own] of asked) {
    const hand = raw.get(question) ?? { cpu: 0, wall: 0, result: undefined };
    const same = isDeepStrictEqual(own.result, hand.result);
    const line = {
      question: question.name,
      cpuMs: round(own.cpu),
      rawCpuMs: round(hand.cpu),
      ratioToRaw: round(own.cpu / hand.cpu),
      wallMs: round(own.wall),
      rawWallMs: round(hand.wall),
      same,
    };
    console.log(
      `${line.question}: ${line.cpuMs} ms CPU, by hand ${line.rawCpuMs}, ratio ${line.ratioToRaw}; ${line.wallMs} ms, by hand ${line.rawWallMs}${same ? '' : '; THE ANSWERS DIFFER'}`,
    );
    results.push(line);
  }
  const figures = {
    name: 'query',
    rows,
    bytesPerRow: round(size / rows),
    rowsPerCpuSecond: Math.round(rows / (loaded.cpu / 1000)),
    keepingRows: keeping.rows,
    keptRowsPerCpuSecond: keeping.kept,
    bareRowsPerCpuSecond: keeping.bare,
    memoryLimit: engine.memoryLimit,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    results,
  };
  console.log(JSON.stringify(figures));
  process.exitCode = results.every(({ same }) => same) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
