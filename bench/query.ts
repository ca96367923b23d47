// `npm run bench -- query [--rows N] [--runs N]`: the reports' questions put to the embedded warehouse, against the
// best statements we can write by hand over the same stored rows. CPU time is of the whole process.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { createDuckdbWarehouse } from '@gangway/server/adapters/duckdb/duckdb-warehouse.ts';
import { createRandom } from '../e2e/torture/random.ts';
import { generateRows } from './query/generate.ts';
import { type Question, questions } from './query/questions.ts';

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '5' } } });
const rows = Number(values.rows);
const runs = Number(values.runs);
const folder = await mkdtemp(join(tmpdir(), 'gangway-bench-'));
const path = join(folder, 'warehouse.duckdb');
const engine = { memoryLimit: '1GB', threads: 2 };

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

async function preload(): Promise<Cost> {
  const warehouse = await createDuckdbWarehouse({ path, ...engine });
  const loaded = await costOf(async () => {
    let position = 0;
    let batch: WarehouseRow[] = [];
    const flush = async () => {
      await warehouse.write({ partition: 0, position: ++position, rows: batch, merges: [] });
      batch = [];
    };
    for (const row of generateRows(rows, createRandom(1))) if (batch.push(row) >= 20_000) await flush();
    await flush();
  });
  await warehouse.close();
  return loaded;
}

async function measureRaw(): Promise<Map<Question, Cost & { result: unknown }>> {
  const instance = await DuckDBInstance.create(path, { memory_limit: engine.memoryLimit, threads: String(engine.threads) });
  const connection = await instance.connect();
  const table = async (text: string) => (await connection.runAndReadAll(text)).getRowsJS();
  const numbers = new Map((await table('select name, id from words')).map(([name, id]) => [String(name), Number(id)]));
  const costs = new Map<Question, Cost & { result: unknown }>();
  for (const question of questions) {
    const statement = question.raw((name) => numbers.get(name) ?? -1);
    costs.set(question, await measure(async () => question.read(await table(statement))));
  }
  connection.closeSync();
  instance.closeSync();
  return costs;
}

const round = (value: number) => Math.round(value * 100) / 100;
try {
  const loaded = await preload();
  console.log(`${rows} rows written in ${round(loaded.wall / 1000)} s, ${Math.round(rows / (loaded.cpu / 1000))} rows a CPU second`);
  const raw = await measureRaw();
  const warehouse = await createDuckdbWarehouse({ path, ...engine });
  const results = [];
  for (const question of questions) {
    const own = await measure(() => question.ask(warehouse));
    const hand = raw.get(question) ?? { cpu: 0, wall: 0, result: undefined };
    const same = isDeepStrictEqual(own.result, hand.result);
    const line = {
      question: question.name,
      cpu: round(own.cpu),
      rawCpu: round(hand.cpu),
      ratio: round(own.cpu / hand.cpu),
      wall: round(own.wall),
      rawWall: round(hand.wall),
      same,
    };
    console.log(
      `${line.question}: ${line.cpu} ms CPU, by hand ${line.rawCpu}, ratio ${line.ratio}; ${line.wall} ms, by hand ${line.rawWall}${same ? '' : '; THE ANSWERS DIFFER'}`,
    );
    results.push(line);
  }
  await warehouse.close();
  console.log(JSON.stringify({ name: 'query', rows, rowsPerCpuSecond: Math.round(rows / (loaded.cpu / 1000)), results }));
  process.exitCode = results.every(({ same }) => same) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
