import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type BenchPath, milestoneOf, openBenchPath } from './support/bench-path.ts';
import { cpuSeconds } from './support/cpu-time.ts';

/**
 * What an event costs with few and with many live rules: microseconds of CPU an event from the log to the stored
 * state, in this process and in PostgreSQL, the same events for both, in turns. People are known before it is
 * measured. `spread`: the rules ask for the names of a product with 200 events; `crowded`: all ask for the same ten.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000' },
    people: { type: 'string', default: '2000' },
    few: { type: 'string', default: '10' },
    many: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [events, people, few, many] = [Number(values.events), Number(values.people), Number(values.few), Number(values.many)];

const spread = await compare(200);
const crowded = await compare(10);
console.log(JSON.stringify({ name: 'rules', events, people, few, many, spread, crowded }));

interface Compared {
  /** Microseconds of CPU an event. */
  readonly few: number;
  readonly many: number;
  readonly ratio: number;
}

/** @param names how many event names the product has, and rules ask for */
async function compare(names: number): Promise<Compared> {
  const paths = [await openBenchPath(), await openBenchPath()] as const;
  try {
    await paths[0].publish('milestones', rules(few, names).map(milestoneOf));
    await paths[1].publish('milestones', rules(many, names).map(milestoneOf));
    for (const path of paths) await send(path, everybody());
    const costs: [number, number][] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const batches = drawn(names);
      costs.push([await send(paths[0], batches), await send(paths[1], batches)]);
      console.error(JSON.stringify({ names, round, costs: costs.at(-1) }));
    }
    const best = (index: 0 | 1) => Math.min(...costs.map((cost) => cost[index]));
    return { few: rounded(best(0)), many: rounded(best(1)), ratio: rounded(best(1) / best(0)) };
  } finally {
    for (const path of paths) await path.remove();
  }
}

/** Counts, windows, traits and combinations, none of which anybody reaches: what was reached is not asked again. */
function rules(count: number, names: number): { id: string; rule: unknown }[] {
  return Array.from({ length: count }, (_, index) => {
    const event = { type: 'event', name: `Event ${index % names}`, operator: 'at_least', times: 100_000 };
    const windowed = { ...event, times: 60, within: (1 + (index % 14)) * 3_600_000 };
    const trait = { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' };
    const rule = [event, windowed, { type: 'all', of: [trait, event] }, { type: 'all', of: [{ type: 'not', rule: trait }, windowed] }][
      index % 4
    ];
    return { id: `rule-${index}`, rule };
  });
}

type Batch = Record<string, unknown>[];

function everybody(): Batch[] {
  return inBatches(
    Array.from({ length: people }, (_, person) => ({
      type: 'identify',
      userId: `user-${person}`,
      traits: { plan: person % 3 === 0 ? 'pro' : 'free' },
    })),
  );
}

function drawn(names: number): Batch[] {
  return inBatches(
    Array.from({ length: events }, () => ({
      type: 'track',
      event: `Event ${Math.floor(Math.random() * names)}`,
      userId: `user-${Math.floor(Math.random() * people)}`,
      properties: { boardId: 'b-1', count: 3 },
    })),
  );
}

function inBatches(calls: readonly Record<string, unknown>[]): Batch[] {
  const whole = calls.map((call) => ({ ...call, messageId: randomUUID(), timestamp: new Date().toISOString() }));
  return Array.from({ length: Math.ceil(whole.length / 100) }, (_, index) => whole.slice(index * 100, index * 100 + 100));
}

/** Appends everything, then measures how it is applied: microseconds an event. */
async function send(bench: BenchPath, batches: readonly Batch[]): Promise<number> {
  for (const [index, batch] of batches.entries()) {
    const context = { receivedAt: Date.now(), key: 'secret', requestId: `${index}-${randomUUID()}` } as const;
    await bench.path.offer(bench.scope, { body: { batch } as never, context });
  }
  const [node, server] = [process.cpuUsage(), await cpuSeconds(bench.postmaster)];
  while (await bench.path.apply(0));
  const used = process.cpuUsage(node);
  const postgres = ((await cpuSeconds(bench.postmaster)) - server) * 1e6;
  return (used.user + used.system + postgres) / batches.reduce((sum, batch) => sum + batch.length, 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
