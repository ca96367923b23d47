import type { LoggedEntry } from '@gangway/product/kernel/entry.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import { subjectKey } from '@gangway/product/kernel/subject.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { people } from '@gangway/product/pipeline/tables.ts';
import { nextWake } from '@gangway/product/pipeline/wake.ts';
import { rowsOnDisk } from '@gangway/product/ports/db/memory-db.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { createRandom } from './random.ts';
import { boot, createDisks, type Disks, drain, type Machine } from './world.ts';

const scope = { workspace: 'w', environment: 'e' } as const;
const zone = 'Europe/Berlin';
const minute = 60_000;
const hour = 60 * minute;
/** Sleepers of one round. */
const perRound = 1_000;

/** Nights in which the zone's clock goes forward, and back. */
const changes = [Date.parse('2026-03-29T01:00:00Z'), Date.parse('2026-10-25T01:00:00Z')];

/** Quiet for so long after the last time: by the hour, and by calendar days of the zone. */
const rolling = 36 * hour;
const calendarDays = 2;
const rules: Readonly<Record<string, Rule>> = {
  rolling: quiet({ within: rolling }),
  calendar: quiet({ days: calendarDays, zone }),
};

function quiet(window: { within: number } | { days: number; zone: string }): Rule {
  const name = 'Seen';
  return {
    type: 'all',
    of: [
      { type: 'event', name, operator: 'at_least', times: 1 },
      { type: 'event', name, operator: 'at_most', times: 0, ...window },
    ],
  };
}

/**
 * Many people who fall asleep around both clock changes and are to be noticed at the very instant at which they
 * have been quiet for long enough. Everybody is woken at the instants that a plain search of the calendar finds
 * for the rules, once at each, and at no other. Once people are there, nothing but their events and wakes comes
 * into the log: nobody is looked for.
 */
export async function wakeSleepers(seed: number, rounds: number) {
  const found = { lost: 0, doubled: 0, failed: 0, sleepers: rounds * perRound, wakes: 0, instants: 0 };
  for (const change of changes) {
    const one = await sleepAround(change, { seed, sleepers: (rounds * perRound) / changes.length });
    for (const key of ['lost', 'doubled', 'failed', 'wakes', 'instants'] as const) found[key] += one[key];
  }
  return found;
}

async function sleepAround(change: number, { seed, sleepers }: { seed: number; sleepers: number }) {
  const random = createRandom(seed);
  const disks = createDisks();
  const clock = { time: change - 40 * hour, now: () => clock.time };
  const machine = boot(disks, { clock, fate: () => false, partitions: 1 });
  for (const [id, rule] of Object.entries(rules)) await publishRule(machine, { id, rule, now: clock.time });
  const lastSeen = new Map<string, number>();
  // They fall asleep in the days around the change, on the minute, so that many share an instant.
  for (let sleeper = 0; sleeper < sleepers; sleeper++) lastSeen.set(`u${sleeper}`, change + (random.below(96) - 48) * 30 * minute);
  const times = [...new Set(lastSeen.values())].sort((a, b) => a - b);
  for (const time of times) {
    await runTo(machine, clock, time);
    await offerAt(
      machine,
      time,
      [...lastSeen].filter(([, at]) => at === time).map(([id]) => id),
    );
    await drain(machine, 1);
  }
  const instants = await runTo(machine, clock, change + 30 * 24 * hour);
  return { ...check(disks, lastSeen), instants };
}

async function publishRule(machine: Machine, { id, rule, now }: { id: string; rule: Rule; now: number }): Promise<void> {
  const body = { name: id, description: '', subject: 'person', rule, role: 'progress' } as unknown as Json;
  const author = { scope, slice: 'milestones', id, by: 'torture', now };
  await machine.ports.db.transaction({ as: 'system' }, async (tx) => {
    await saveDraft(tx, author, { body, revision: 0 });
    await publish(tx, author, { revision: 1, everyone: true });
  });
  await drain(machine, 1);
}

async function offerAt(machine: Machine, time: number, users: readonly string[]): Promise<void> {
  for (let first = 0; first < users.length; first += 500) {
    const batch = users.slice(first, first + 500).map((userId) => ({
      ...{ type: 'track', event: 'Seen', userId, messageId: `${userId}-${time}` },
      timestamp: new Date(time).toISOString(),
    }));
    await machine.path.offer(scope, { body: { batch }, context: { receivedAt: time, key: 'secret', requestId: `${time}-${first}` } });
  }
}

/** Time goes from one due instant to the next; how many there were. */
async function runTo(machine: Machine, clock: { time: number }, to: number): Promise<number> {
  let instants = 0;
  for (let due = await nextWake(machine.ports.db); due !== undefined && due <= to; due = await nextWake(machine.ports.db)) {
    clock.time = Math.max(clock.time, due);
    await drain(machine, 1);
    instants++;
  }
  clock.time = to;
  return instants;
}

function check(disks: Disks, lastSeen: ReadonlyMap<string, number>) {
  const entries = [...disks.log.values()].flat().flatMap((text) => JSON.parse(text) as LoggedEntry[]);
  const wakes = entries.filter(({ body }) => body.what === 'wake');
  const woken = new Map<string, number[]>();
  for (const { at, body } of wakes) {
    if (body.what !== 'wake') continue;
    const key = subjectKey(body.subject);
    woken.set(key, [...(woken.get(key) ?? []), at === body.due ? at : Number.NaN]);
  }
  const known = rowsOnDisk(disks.db, people).filter(({ userId }) => userId !== null);
  let [lost, failed] = [(lastSeen.size - known.length) * 2, lookedFor(entries)];
  for (const { id, userId, doc } of known) {
    const seen = lastSeen.get(userId ?? '') ?? 0;
    const expected: Record<string, number> = { rolling: seen + rolling, calendar: midnightAfter(seen, calendarDays) };
    for (const [rule, at] of Object.entries(expected)) {
      const reached = doc.milestones.at(rule);
      if (reached === undefined) lost++;
      else if (reached !== at) failed++;
    }
    // Rules that fall due at one instant share a wake.
    const instants = [...new Set(Object.values(expected))].sort((a, b) => a - b);
    const key = `person:${id}`;
    if (String(woken.get(key) ?? '') !== String(instants)) failed++;
    woken.delete(key);
  }
  const doubled = wakes.length - new Set(wakes.map(({ id }) => id)).size;
  return { lost, doubled, failed: failed + woken.size, wakes: wakes.length };
}

/** Entries by which somebody is looked for: any but events and wakes, once the first event is there. */
function lookedFor(entries: readonly LoggedEntry[]): number {
  const first = entries.findIndex(({ body }) => body.what === 'event');
  return entries.filter(({ body }, index) => {
    if (body.what === 'event' || body.what === 'wake') return false;
    return index > first || (body.what !== 'definition' && body.what !== 'reconsider');
  }).length;
}

const midnights = new Map<string, number>();

/** The first instant of the local day that is `days` after an instant's, by walking minute by minute. */
function midnightAfter(instant: number, days: number): number {
  const [year = 0, month = 1, date = 1] = localDay(instant).split('-').map(Number);
  const wanted = new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
  const known = midnights.get(wanted);
  if (known !== undefined) return known;
  let at = Date.parse(`${wanted}T00:00:00Z`) - 3 * hour;
  while (localDay(at) < wanted) at += minute;
  midnights.set(wanted, at);
  return at;
}

const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
function localDay(instant: number): string {
  return format.format(instant);
}
