import { isDeepStrictEqual } from 'node:util';
import { reportHistories } from '@gangway/product/features/reports/server/queries/report-histories.contract.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import type { History } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { sample, stringify } from 'fast-check';
import { type Engine, openEngines } from './engines.ts';
import { queryCases } from './query-cases.ts';

interface Result {
  readonly engines: readonly string[];
  /** Questions; each engine was asked as many as `asks` says. */
  readonly asked: number;
  readonly asks: Readonly<Record<string, number>>;
  /** Answers that were something else than an empty one: histories that say nothing prove nothing. */
  readonly telling: number;
  readonly failed: number;
}

/** Generated histories and parameters: every engine must answer every question as the fold does. */
export async function compareQueries(seed: number, rounds: number, { clickhouseEvery = 1 } = {}): Promise<Result> {
  const { engines, close } = await openEngines(clickhouseEvery);
  const asks: Record<string, number> = {};
  const total = { asked: 0, telling: 0, failed: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      const findings = await compareRound(seed + round, { round, engines });
      for (const [name, count] of Object.entries(findings.asks)) asks[name] = (asks[name] ?? 0) + count;
      total.asked += findings.asked;
      total.telling += findings.telling;
      if (findings.complaints.length > 0) total.failed++;
      for (const complaint of findings.complaints) console.log(`seed ${seed + round}: ${complaint}`);
      if ((round + 1) % 50 === 0) console.log(`${round + 1} of ${rounds}`);
    }
  } finally {
    await close();
  }
  return { engines: ['fold', ...engines.map(({ name }) => name)], ...total, asks };
}

/** Every engine is told the history; one that is thinned answers some of the questions, others in the next round. */
async function compareRound(seed: number, { round, engines }: { round: number; engines: readonly Engine[] }) {
  const scope = `w_${seed}/production`;
  const [makeHistory = () => []] = sample(reportHistories, { seed, numRuns: 1 });
  const history = makeHistory(scope);
  const fold = createMemoryWarehouse();
  for (const warehouse of [fold, ...engines.map((engine) => engine.warehouse)]) await tell(warehouse, history);
  const complaints: string[] = [];
  const asks: Record<string, number> = {};
  let asked = 0;
  let telling = 0;
  for (const [index, query] of queryCases.entries()) {
    // A seed for each question: with one for all of them, they would all be asked about the same zone and range.
    const drawn = sample(query.asks, { seed: seed * 1_009 + index, numRuns: 1 }).flat();
    for (const ask of drawn.slice(0, 1)) {
      const expected = await ask(fold, scope);
      asked++;
      if (tells(expected)) telling++;
      for (const engine of engines.filter(({ every }) => (round + index) % every === 0)) {
        asks[engine.name] = (asks[engine.name] ?? 0) + 1;
        const answer = await ask(engine.warehouse, scope).catch((error: unknown) => String(error));
        if (isDeepStrictEqual(answer, expected)) continue;
        complaints.push(
          `${engine.name}, ${query.name} ${stringify(ask)}\n  is       ${JSON.stringify(answer)}\n  should be ${JSON.stringify(expected)}`,
        );
      }
    }
  }
  return { asked, asks, telling, complaints };
}

async function tell(warehouse: Warehouse, history: History): Promise<void> {
  const after = await warehouse.position(0);
  for (const [index, batch] of history.entries()) await warehouse.write({ partition: 0, position: after + index + 1, ...batch });
}

/** Whether any figure of an answer is not zero; starts of periods are no figures. */
function tells(answer: unknown): boolean {
  if (typeof answer === 'number') return answer !== 0;
  if (typeof answer !== 'object' || answer === null) return false;
  return Object.entries(answer).some(([name, value]) => name !== 'start' && name !== 'periods' && tells(value));
}
