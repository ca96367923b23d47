import { describe, expect, it } from 'vitest';
import { checklistsDomain } from '../../features/checklists/index.ts';
import { guidesDomain } from '../../features/guides/index.ts';
import { milestonesDomain } from '../../features/milestones/index.ts';
import { segmentsDomain } from '../../features/segments/index.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Definition } from '../../kernel/slice.ts';
import { createMemoryCourier } from '../../ports/courier/memory-courier.ts';
import type { Table } from '../../ports/db/db.ts';
import { createMemoryDb, createMemoryDisk, rowsOnDisk } from '../../ports/db/memory-db.ts';
import { createMemoryEventLog } from '../../ports/event-log/memory-event-log.ts';
import { createMemoryFiles } from '../../ports/files/memory-files.ts';
import { createMemorySignal } from '../../ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '../../ports/warehouse/memory-warehouse.ts';
import type { Rule } from '../../rules/rule.ts';
import { kill, publish, saveDraft } from '../definitions.ts';
import { createPath } from '../path.ts';
import { plainDigest } from '../plain-digest.contract.ts';
import { accounts, people } from '../tables.ts';
import { nextWake } from '../wake.ts';
import type { Trial } from './candidate.ts';
import { runBacktest } from './run-backtest.ts';

const scope = { workspace: 'w', environment: 'e' };
const start = Date.parse('2026-01-01T00:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const domains = [milestonesDomain, guidesDomain, checklistsDomain, segmentsDomain];
const did = (name: string, times = 1, within?: number): Rule => ({
  ...{ type: 'event', name, operator: 'at_least', times },
  ...(within === undefined ? {} : { within }),
});
const milestone = (rule: Rule, subject = 'person') => ({ name: 'M', description: '', subject, rule, role: 'progress' }) as unknown as Json;
const tour = (audience: Rule) => ({ name: 'T', audience, start: 'auto', steps: [] }) as unknown as Json;

/** A pipeline in memory whose wakes happen at their very instants. */
function createMachine() {
  const clock = { time: start, now: () => clock.time };
  const disk = createMemoryDisk();
  const log = createMemoryEventLog({ clock });
  const db = createMemoryDb(disk);
  const ports = {
    ...{ db, log, warehouse: createMemoryWarehouse(), courier: createMemoryCourier() },
    ...{ files: createMemoryFiles(), signal: createMemorySignal() },
  };
  const report = (error: unknown) => {
    throw error;
  };
  const path = createPath({ ports, domains, clock, digest: plainDigest, report });
  const versions: Definition[] = [];
  const drain = async () => {
    for (let worked = true; worked; ) worked = (await path.relay()) || (await path.apply(0)) || (await path.wake());
  };
  const to = async (time: number) => {
    for (let due = await nextWake(db); due !== undefined && due <= time; due = await nextWake(db)) {
      clock.time = Math.max(clock.time, due);
      await drain();
    }
    clock.time = Math.max(clock.time, time);
  };
  return {
    ...{ clock, log, versions, to },
    rows: <Row extends object>(table: Table<Row>) => rowsOnDisk(disk, table),
    async send(at: number, ...batch: JsonObject[]) {
      await to(at);
      const timed = batch.map((event, index) => ({ messageId: `${at}-${index}`, timestamp: new Date(at).toISOString(), ...event }));
      await path.offer(scope, { body: { batch: timed }, context: { receivedAt: at, key: 'secret', requestId: String(at) } });
      await drain();
    },
    async publish(slice: string, id: string, body: Json) {
      const author = { scope, slice, id, by: 'a', now: clock.time };
      const { version } = await db.transaction({ as: 'system' }, async (tx) => {
        const revision = versions.filter((each) => each.slice === slice && each.id === id).length;
        await saveDraft(tx, author, { body, revision });
        return publish(tx, author, { revision: revision + 1, everyone: true });
      });
      versions.push({ slice, id, version, body });
      await drain();
    },
    /** Two people are joined by hand. */
    async join(at: number, from: string, into: string) {
      await to(at);
      await log.append([
        { id: `merge:${at}`, scope, origin: 'source', depth: 0, body: { what: 'merge', from, into, links: [], actor: 'a' } },
      ]);
      await drain();
    },
    async stop(slice: string, id: string) {
      await db.transaction({ as: 'system' }, (tx) => kill(tx, { scope, slice, id, by: 'a', now: clock.time }));
      await drain();
    },
    test: (trial: Trial, period: { from?: number; until: number }) =>
      runBacktest(
        { scope, trial, versions, from: period.from ?? start, until: period.until, zone: 'UTC' },
        { log, domains, progress: () => undefined },
      ),
  };
}

const track = (userId: string, event: string, more: JsonObject = {}): JsonObject => ({ type: 'track', userId, event, ...more });

describe('a milestone', () => {
  const rules: Record<string, Rule> = {
    'two-b': did('B', 2, hour),
    'quiet-c': { type: 'all', of: [did('C'), { type: 'event', name: 'C', operator: 'at_most', times: 0, within: 2 * hour }] },
    after: {
      type: 'all',
      of: [
        { type: 'milestone', id: 'two-b' },
        { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' },
      ],
    },
  };

  it('comes out as it was recorded: the same subjects at the same instants, whatever merged and came late', async () => {
    let reached = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const machine = createMachine();
      const bodies: [string, Json][] = [
        ...Object.entries(rules).map(([id, rule]): [string, Json] => [id, milestone(rule)]),
        ['account', milestone({ type: 'milestone', id: 'two-b' }, 'account')],
      ];
      for (const [id, body] of bodies) await machine.publish('milestones', id, body);
      let state = seed;
      const chance = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return (state >>> 8) % below;
      };
      let at = start;
      for (let step = 0; step < 40; step++) {
        at += chance(50) * 60_000;
        const who: JsonObject = [{ userId: `u${chance(3)}` }, { anonymousId: `a${chance(3)}` }][chance(2)] ?? {};
        const both = chance(5) === 0 ? { userId: `u${chance(3)}`, anonymousId: `a${chance(3)}` } : who;
        const late = chance(4) === 0 ? { timestamp: new Date(at - chance(5 * hour)).toISOString() } : {};
        const event: JsonObject =
          chance(6) === 0
            ? { type: 'identify', ...both, traits: { plan: ['pro', 'free'][chance(2)] ?? '' } }
            : { type: 'track', ...both, event: ['A', 'B', 'C'][chance(3)] ?? '', context: chance(3) === 0 ? { groupId: 'acme' } : {} };
        await machine.send(at, { ...event, ...late });
      }
      await machine.to(at + day);
      for (const [id, body] of bodies) {
        const found = await machine.test({ slice: 'milestones', id, draft: body, published: body }, { until: at + day });
        const recorded =
          id === 'account'
            ? machine.rows(accounts).map((row) => [row.id, row.doc.milestones.at(id)])
            : machine.rows(people).map((row) => [row.userId ?? row.anonymousId, row.doc.milestones.at(id)]);
        const expected = recorded.filter(([, reached]) => reached !== undefined).sort();
        expect([seed, id, found.listed.map((one) => [one.id, one.published?.at]).sort()]).toEqual([seed, id, expected]);
        // The draft says the same, so it must find the same, although it lives beside.
        expect(found.listed.map(({ draft }) => draft)).toEqual(found.listed.map(({ published }) => published));
        expect(found.failed).toBe(0);
        reached += expected.length;
      }
    }
    expect(reached).toBeGreaterThan(15);
  }, 30_000);

  it('that is changed gains some and loses some, counted by the day of the zone', async () => {
    const machine = createMachine();
    await machine.send(start + hour, track('both', 'A'), track('both', 'B'), track('old', 'A'));
    await machine.send(start + day + hour, track('new', 'B'));
    const trial = { slice: 'milestones', id: 'm', draft: milestone(did('B')), published: milestone(did('A')) };
    const found = await machine.test(trial, { until: start + 2 * day });
    expect(found.changes).toEqual({ gained: 1, lost: 1, same: 1 });
    expect(found.listed.map(({ id, change }) => [id, change])).toEqual([
      ['both', 'same'],
      ['old', 'lost'],
      ['new', 'gained'],
    ]);
    expect(found.days).toEqual([
      { day: '2026-01-01', draft: 1, published: 2 },
      { day: '2026-01-02', draft: 1, published: 0 },
      { day: '2026-01-03', draft: 0, published: 0 },
    ]);
    expect(found).toMatchObject({ known: 3, events: 4, since: start + hour, pagesMissing: false });
  });

  it('that somebody reached by time alone was reached before they were joined with somebody else by hand', async () => {
    const machine = createMachine();
    const quiet = milestone({ type: 'all', of: [did('C'), { type: 'event', name: 'C', operator: 'at_most', times: 0, within: 2 * hour }] });
    await machine.publish('milestones', 'quiet', quiet);
    await machine.send(start + hour, track('one', 'C'));
    await machine.send(start + 4 * hour, track('other', 'C'));
    await machine.join(start + 5 * hour, 'p_1', 'p_2');
    expect(machine.rows(people).map(({ doc }) => doc.milestones.at('quiet'))).toEqual([undefined, start + 3 * hour]);
    const found = await machine.test({ slice: 'milestones', id: 'quiet', draft: quiet, published: quiet }, { until: start + day });
    expect(found.listed).toMatchObject([{ id: 'other', draft: { at: start + 3 * hour }, published: { at: start + 3 * hour } }]);
  });

  it('of an account is reached by what its people reach, and an event that was sent twice counts once', async () => {
    const machine = createMachine();
    await machine.publish('milestones', 'b', milestone(did('B', 2)));
    const event = track('u', 'B', { context: { groupId: 'acme' }, messageId: 'same' });
    await machine.send(start + hour, event);
    await machine.send(start + 2 * hour, event);
    const trial = { slice: 'milestones', id: 'acc', draft: milestone({ type: 'milestone', id: 'b' }, 'account') };
    expect((await machine.test(trial, { until: start + day })).listed).toEqual([]);
    await machine.send(start + 3 * hour, track('u', 'B', { context: { groupId: 'acme' } }));
    const found = await machine.test(trial, { until: start + day });
    expect(found).toMatchObject({ kind: 'account', known: 1, published: null });
    expect(found.listed).toMatchObject([{ id: 'acme', change: 'gained', draft: { at: start + 3 * hour } }]);
  });
});

describe('an audience', () => {
  it('is entered and left by time alone, at the instant', async () => {
    const machine = createMachine();
    await machine.send(start + hour, track('u', 'A'));
    await machine.send(start + 5 * hour, track('u', 'A'));
    const found = await machine.test({ slice: 'guides', id: 'g', draft: tour(did('A', 1, hour)) }, { until: start + day });
    expect(found.listed).toMatchObject([{ id: 'u', draft: { at: start + hour, times: 2, sure: true } }]);
    const quiet: Rule = { type: 'event', name: 'A', operator: 'at_most', times: 0, within: hour };
    const after = await machine.test({ slice: 'guides', id: 'g', draft: tour(quiet) }, { until: start + day });
    expect(after.listed).toMatchObject([{ draft: { at: start + 2 * hour, times: 2 } }]);
  });

  it('that a page decides is told as bounds: what was recorded is certain, the rest only possible', async () => {
    const machine = createMachine();
    const page = (userId: string, path: string) => ({ type: 'page', userId, name: 'P', properties: { path } });
    await machine.send(start + hour, page('there', '/boards'), page('elsewhere', '/home'), track('silent', 'A'));
    await machine.send(start + hour + 1, track('with-context', 'A', { context: { page: { url: 'https://x.example/boards?tab=1' } } }));
    const onBoards: Rule = { type: 'page', path: '/boards' };
    const found = await machine.test({ slice: 'guides', id: 'g', draft: tour(onBoards) }, { until: start + day });
    expect(found.draft.subjects).toEqual({ low: 2, high: 4 });
    expect(found.pagesMissing).toBe(true);
    const both: Rule = { type: 'all', of: [onBoards, did('A')] };
    const fewer = await machine.test({ slice: 'guides', id: 'g', draft: tour(both) }, { until: start + day });
    expect(fewer.draft.subjects).toEqual({ low: 1, high: 2 });
  });

  it('has nobody in it whom no page can bring in', async () => {
    const machine = createMachine();
    await machine.send(start + hour, { type: 'identify', userId: 'u', traits: { seats: '5' } });
    const odd: Rule = { type: 'trait', name: 'seats', operator: 'greater_than', value: 3 };
    expect((await machine.test({ slice: 'guides', id: 'g', draft: tour(odd) }, { until: start + day })).listed).toEqual([]);
  });

  it('does not count who had finished it', async () => {
    const machine = createMachine();
    await machine.publish('guides', 'g', tour(did('A', 2)));
    const about = { properties: { guideId: 'g' } };
    await machine.send(start + hour, track('done', 'Guide Completed', about), track('done', 'A'), track('other', 'A'));
    const trial = { slice: 'guides', id: 'g', draft: tour(did('A')), published: tour(did('A', 2)) };
    expect((await machine.test(trial, { until: start + day })).listed.map(({ id }) => id)).toEqual(['other']);
  });

  it('of a segment counts everybody, over milestones as they held: from their first version until they were stopped', async () => {
    const machine = createMachine();
    await machine.send(start + hour, track('early', 'A'));
    machine.clock.time = start + 2 * hour;
    await machine.publish('milestones', 'a', milestone(did('A')));
    await machine.send(start + 3 * hour, track('between', 'A'));
    await machine.stop('milestones', 'a');
    await machine.send(start + 4 * hour, track('after', 'A'));
    const segment = { name: 'S', description: '', rule: { type: 'milestone', id: 'a' } };
    const found = await machine.test({ slice: 'segments', id: 's', draft: segment }, { until: start + day });
    expect(found.listed.map(({ id, draft }) => [id, draft?.at])).toEqual([
      ['early', start + hour],
      ['between', start + 3 * hour],
    ]);
  });

  it('that names a segment has in it who is in the segment', async () => {
    const machine = createMachine();
    await machine.publish('segments', 's', { name: 'S', description: '', rule: did('A', 2) } as unknown as Json);
    await machine.send(start + hour, track('once', 'A'), track('twice', 'A'));
    await machine.send(start + 2 * hour, track('twice', 'A'));
    const trial = { slice: 'guides', id: 'g', draft: tour({ type: 'segment', id: 's' }) };
    const found = await machine.test(trial, { until: start + day });
    expect(found.listed.map(({ id, draft }) => [id, draft?.at])).toEqual([['twice', start + 2 * hour]]);
  });
});

describe('a run', () => {
  it('takes what was brought in later at the instant it happened, and says how much that was', async () => {
    const machine = createMachine();
    const past = (days: number) => ({ timestamp: new Date(start - days * day).toISOString() });
    await machine.send(start, track('u', 'A', past(9)), track('u', 'A', past(8)), track('v', 'B'));
    const found = await machine.test(
      { slice: 'guides', id: 'g', draft: tour(did('A', 2)) },
      { from: start - 30 * day, until: start + day },
    );
    expect(found.listed).toMatchObject([{ id: 'u', draft: { at: start - 8 * day } }]);
    expect(found.late).toBe(2);
    expect(found.days[0]).toEqual({ day: '2025-12-24', draft: 1, published: 0 });
  });

  it('counts what came before its period apart, and nothing that came after', async () => {
    const machine = createMachine();
    await machine.send(start + hour, track('before', 'A'));
    await machine.send(start + day + hour, track('in', 'A'));
    await machine.send(start + 2 * day, track('after', 'A'));
    const found = await machine.test(
      { slice: 'milestones', id: 'm', draft: milestone(did('A')) },
      { from: start + day, until: start + 2 * day - 1 },
    );
    expect(found.draft).toEqual({ subjects: { low: 2, high: 2 }, before: 1, times: 2 });
    expect(found.days.reduce((sum, { draft }) => sum + draft, 0)).toBe(1);
  });

  it('of what has no rule is refused, and one that is stopped stops', async () => {
    const machine = createMachine();
    await machine.send(start + hour, track('u', 'A'));
    await expect(machine.test({ slice: 'playbooks', id: 'p', draft: { name: 'P', phases: [] } }, { until: start + day })).rejects.toThrow(
      RangeError,
    );
    const stopped = runBacktest(
      {
        scope,
        trial: { slice: 'milestones', id: 'm', draft: milestone(did('A')) },
        versions: [],
        from: 0,
        until: start + day,
        zone: 'UTC',
      },
      {
        ...{ log: machine.log, domains },
        progress: () => {
          throw new Error('stopped');
        },
      },
    );
    await expect(stopped).rejects.toThrow('stopped');
  });

  it('sees one environment', async () => {
    const machine = createMachine();
    await machine.send(start + hour, track('u', 'A'));
    const other = await runBacktest(
      {
        ...{ scope: { workspace: 'w', environment: 'other' }, versions: [], from: start, until: start + day, zone: 'UTC' },
        trial: { slice: 'milestones', id: 'm', draft: milestone(did('A')) },
      },
      { log: machine.log, domains, progress: () => undefined },
    );
    expect(other).toMatchObject({ known: 0, events: 0, since: null });
  });
});
