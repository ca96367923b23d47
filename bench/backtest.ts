import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Json } from '@gangway/product/kernel/json.ts';
import type { Definition } from '@gangway/product/kernel/slice.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { startEmbeddedPostgres } from '@gangway/server/adapters/postgres/embedded/embedded-postgres.ts';
import { migrate } from '@gangway/server/adapters/postgres/migrate.ts';
import { createPool } from '@gangway/server/adapters/postgres/pool.ts';
import { writeBatch } from '@gangway/server/adapters/postgres/stored-batch.ts';
import { createThreadEngine } from '@gangway/server/backtests/thread-engine.ts';
import type pg from 'pg';
import { pastEntries } from './support/past-entries.ts';

/** What a backtest costs: a draft audience against a published one, over 90 days of a log, in a thread of its own. */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    accounts: { type: 'string', default: '40' },
    events: { type: 'string', default: '300000' },
  },
});
const [people, accounts, events] = [Number(values.people), Number(values.accounts), Number(values.events)];
const scope = { workspace: 'w', environment: 'e' };
const day = 86_400_000;
const until = Date.parse('2026-06-30T00:00:00Z');
const from = until - 90 * day;

const did = (name: string, times: number, within?: number): Rule => ({
  ...{ type: 'event', name, operator: 'at_least', times },
  ...(within === undefined ? {} : { within }),
});
const milestone = (id: string, rule: Rule, subject = 'person'): Definition => ({
  ...{ slice: 'milestones', id, version: 1 },
  body: { name: id, description: '', subject, rule, role: 'progress' } as unknown as Json,
});
const versions = [
  milestone('first-board', did('Board Created', 1)),
  milestone('invited', did('Teammate Invited', 2)),
  milestone('busy', did('Card Moved', 10, 7 * day)),
  milestone(
    'account-ready',
    {
      type: 'all',
      of: [
        { type: 'milestone', id: 'first-board' },
        { type: 'milestone', id: 'invited' },
      ],
    },
    'account',
  ),
];
const audience = (times: number): Rule => ({
  type: 'all',
  of: [
    { type: 'milestone', id: 'first-board' },
    { type: 'event', name: 'Card Moved', operator: 'at_most', times, within: 7 * day },
    { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' },
    { type: 'page', path: '/boards/**' },
  ],
});
const tour = (times: number) => ({ name: 'T', start: 'auto', steps: [], audience: audience(times) }) as unknown as Json;

const folder = await mkdtemp(join(tmpdir(), 'gangway-backtest-'));
await chmod(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataFolder: folder });
const pool = createPool(postgres.url);
try {
  await migrate(pool);
  await fill(pool);
  const trials = {
    guide: { slice: 'guides', id: 'g', draft: tour(5), published: tour(2) },
    milestone: { slice: 'milestones', id: 'm', draft: versions[2]?.body ?? null },
    accountMilestone: { slice: 'milestones', id: 'a', draft: versions[3]?.body ?? null },
  };
  const results: Record<string, unknown> = {};
  for (const [name, trial] of Object.entries(trials)) {
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    const found = await createThreadEngine({ databaseUrl: postgres.url }).run(
      { scope, trial, versions, from, until, zone: 'Europe/Berlin' },
      { progress: () => undefined, signal: new AbortController().signal },
    );
    const seconds = Math.round(performance.now() - begun) / 1000;
    const used = process.cpuUsage(cpu);
    // Of this process: PostgreSQL reads beside it.
    const cpuSeconds = Math.round((used.user + used.system) / 1000) / 1000;
    results[name] = { seconds, cpuSeconds, events: found.events, known: found.known, draft: found.draft.subjects, changes: found.changes };
  }
  console.log(JSON.stringify({ name: 'backtest', people, accounts, events, ...results }));
} finally {
  await pool.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** As the log's adapter writes: one row a flush. */
async function fill(into: pg.Pool): Promise<void> {
  let position = 0;
  for (const { at, entries } of pastEntries({ scope, people, accounts, events, from, until })) {
    await into.query('insert into event_log (partition, position, at, entries, payload) values (0, $1, $2, $3, $4)', [
      ...[++position, at, entries.length],
      writeBatch(entries),
    ]);
  }
}
