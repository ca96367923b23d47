import { parseArgs } from 'node:util';
import { milestoneOf, openBenchPath } from './support/bench-path.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { liveRules, makeBatch } from './support/load-events.ts';

/**
 * What each stage of the path costs: microseconds of CPU an event, in this process and in PostgreSQL, one stage
 * after the other and without HTTP. Says where the time of `ingest` goes, also on a machine that others use.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '60000' },
    people: { type: 'string', default: '200000' },
    rules: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
  },
});
const events = Number(values.events);
const people = Number(values.people);
const batchSize = 100;

const bench = await openBenchPath();
const { path, scope } = bench;
try {
  await bench.publish('milestones', liveRules(Number(values.rules)).map(milestoneOf));
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push(await measureRound());
    console.error(JSON.stringify(rounds.at(-1)));
  }
  console.log(JSON.stringify({ name: 'stages', events, people, rules: Number(values.rules), cpuMicrosAnEvent: rounds.at(-1) }));
} finally {
  await bench.remove();
}

async function measureRound() {
  const bodies = Array.from({ length: events / batchSize }, () => JSON.stringify({ batch: makeBatch(batchSize, people) }));
  const accept = await cost(async () => {
    // Eight clients at a time, as many as share a flush in `ingest`.
    for (let sent = 0; sent < bodies.length; sent += 8) {
      const some = bodies.slice(sent, sent + 8);
      await Promise.all(
        some.map((body, index) =>
          path.offer(scope, { body: JSON.parse(body), context: { receivedAt: Date.now(), key: 'public', requestId: `${sent}-${index}` } }),
        ),
      );
    }
  });
  const apply = await cost(async () => {
    while (await path.apply(0));
  });
  const project = await cost(async () => {
    while (await path.project(0));
  });
  return { accept, apply, project };
}

async function cost(work: () => Promise<void>): Promise<{ node: number; postgres: number }> {
  const [node, server] = [process.cpuUsage(), await cpuSeconds(bench.postmaster)];
  await work();
  const used = process.cpuUsage(node);
  const postgresUsed = (await cpuSeconds(bench.postmaster)) - server;
  return { node: round((used.user + used.system) / events), postgres: round((postgresUsed * 1e6) / events) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
