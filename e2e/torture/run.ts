import { parseArgs } from 'node:util';
import { killLoop } from './kill.ts';
import { compareQueries } from './queries.ts';
import { replayHistories } from './replays.ts';
import { compareRules } from './rules.ts';
import { simulateRound } from './simulate.ts';
import { wakeSleepers } from './sleepers.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '10' },
    // ClickHouse plans longer than it computes over small histories: it may answer every so many-th round of rules,
    // or question of a round of queries.
    'clickhouse-every': { type: 'string', default: '1' },
  },
});
const [name = ''] = positionals;
const seed = Number(values.seed);
const rounds = Number(values.rounds);

/** Seeds one after the other; the ones that fail are named, so that they can be run alone. */
async function simulate(): Promise<{ lost: number; doubled: number; failed: number }> {
  const total = { lost: 0, doubled: 0, failed: 0 };
  for (let round = 0; round < rounds; round++) {
    const findings = await simulateRound(seed + round);
    total.lost += findings.lost;
    total.doubled += findings.doubled;
    if (findings.lost + findings.doubled + findings.failures.length > 0) {
      total.failed++;
      console.log(`seed ${seed + round}: lost ${findings.lost}, doubled ${findings.doubled}; ${findings.failures.join('; ')}`);
    }
    if ((round + 1) % 50 === 0) console.log(`${round + 1} of ${rounds}`);
  }
  return total;
}

/** What a run found; what it says besides is printed with it. */
interface Findings {
  readonly lost?: number;
  readonly doubled?: number;
  readonly failed: number;
}

const runs: Readonly<Record<string, () => Promise<Findings>>> = {
  simulate,
  kill: () => killLoop(seed, rounds),
  rules: () => compareRules(seed, rounds, { clickhouseEvery: Number(values['clickhouse-every']) }),
  replay: () => replayHistories(seed, rounds),
  sleepers: () => wakeSleepers(seed, rounds),
  queries: () => compareQueries(seed, rounds, { clickhouseEvery: Number(values['clickhouse-every']) }),
};
const run = Object.hasOwn(runs, name) ? runs[name] : undefined;
if (!run || !Number.isInteger(seed) || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`usage: npm run torture -- ${Object.keys(runs).join(' | ')} --seed S --rounds N`);
  process.exit(2);
}
const findings = await run();
const { lost = 0, doubled = 0, failed } = findings;
console.log(JSON.stringify({ name, seed, rounds, ...findings }));
process.exit(lost + doubled + failed === 0 ? 0 : 1);
