import { beforeEach, describe, expect, it } from 'vitest';
import { defineSlice } from '../kernel/slice.ts';
import { createMemoryCourier } from '../ports/courier/memory-courier.ts';
import type { Tx } from '../ports/db/db.ts';
import { createMemoryDb, createMemoryDisk, rowsOnDisk } from '../ports/db/memory-db.ts';
import type { EventLog } from '../ports/event-log/event-log.ts';
import { createMemoryEventLog, type MemoryLogDisk } from '../ports/event-log/memory-event-log.ts';
import { createMemoryFiles } from '../ports/files/memory-files.ts';
import { createMemorySignal } from '../ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '../ports/warehouse/memory-warehouse.ts';
import type { Rule } from '../rules/rule.ts';
import { publish, saveDraft } from './definitions.ts';
import { missingNeeds } from './missing-needs.ts';
import { createPath, type Path } from './path.ts';
import { plainDigest } from './plain-digest.contract.ts';
import { type PersonRow, people } from './tables.ts';

const scope = { workspace: 'w', environment: 'e' };
const goals = defineSlice<{ readonly rule: Rule }, never>({
  name: 'goals',
  matchers: [{ slice: 'goals', subject: () => 'person', rule: ({ rule }) => rule }],
});
const domains = [goals];
const spent: Rule = { type: 'event_sum', name: 'Paid', property: 'sum', operator: 'at_least', value: 10 };

let clock: { time: number; now(): number };
let disk: ReturnType<typeof createMemoryDisk>;
let log: MemoryLogDisk;
let eventLog: EventLog;
let path: Path;
let db: ReturnType<typeof createMemoryDb>;
/** Questions to the warehouse, and how often everybody was listed. */
let asked: { questions: number; lists: number };

beforeEach(() => {
  clock = { time: Date.UTC(2026, 0, 5), now: () => clock.time };
  disk = createMemoryDisk();
  log = new Map();
  eventLog = createMemoryEventLog({ clock, disk: log });
  asked = { questions: 0, lists: 0 };
  const memory = createMemoryDb(disk);
  const warehouse = createMemoryWarehouse();
  db = { ...memory, transaction: (access, work) => memory.transaction(access, (tx) => work(noting(tx))) };
  const ports = {
    ...{ db, log: eventLog, courier: createMemoryCourier() },
    ...{ files: createMemoryFiles(), signal: createMemorySignal() },
    warehouse: {
      ...warehouse,
      run: ((query, params) => {
        asked.questions++;
        return warehouse.run(query, params);
      }) as typeof warehouse.run,
    },
  };
  path = createPath({
    ...{ ports, domains, clock, digest: plainDigest },
    report: (error) => {
      throw error;
    },
  });
});

function noting(tx: Tx): Tx {
  return {
    lock: (names) => tx.lock(names),
    get: (table, keys) => tx.get(table, keys),
    list: (table, selection) => {
      if (table.name === 'people') asked.lists++;
      return tx.list(table, selection);
    },
    put: (table, rows) => tx.put(table, rows),
    insertNew: (table, rows) => tx.insertNew(table, rows),
    remove: (table, keys) => tx.remove(table, keys),
    removeListed: (table, selection) => tx.removeListed(table, selection),
  };
}

async function pay(users: readonly string[], id: string): Promise<void> {
  const event = { type: 'track', event: 'Paid', properties: { sum: 10 } };
  const batch = users.map((userId) => ({ ...event, userId, messageId: `${id}-${userId}` }));
  await path.offer(scope, { body: { batch }, context: { receivedAt: clock.time, key: 'secret', requestId: id } });
}

async function settle({ project }: { project: boolean }): Promise<void> {
  for (let moved = true; moved; ) {
    moved = (await path.relay()) || (await path.apply(0)) || (project && (await path.project(0))) || (await path.prepare());
    if (!moved && preparing()?.phase === 'people') {
      clock.time += 1_000;
      moved = true;
    }
  }
}

async function publishGoal(): Promise<void> {
  const author = { scope, slice: 'goals', id: 'payer', by: 'a', now: clock.time };
  await db.transaction({ as: 'system' }, async (tx) => {
    await saveDraft(tx, author, { body: { rule: spent } as never, revision: 0 });
    const registry = await path.registries.get(tx, scope);
    await publish(tx, author, { revision: 1, everyone: true, needs: (of) => missingNeeds(registry, domains, of) });
  });
}

function preparing() {
  return [...(disk.tables.get('preparations')?.values() ?? [])][0];
}

/** Persons of each entry that counts. */
function counted(): number[] {
  const entries = [...log.values()].flat().flatMap((text) => JSON.parse(text) as { body: { what: string; people: unknown[] } }[]);
  return entries.flatMap(({ body }) => (body.what === 'counted' ? [body.people.length] : []));
}

function rows(): PersonRow[] {
  return rowsOnDisk(disk, people);
}

function personOf(userId: string): PersonRow {
  const row = rows().find((each) => each.userId === userId);
  if (!row) throw new Error(`${userId} is not there`);
  return row;
}

function reached(): number {
  return rows().filter(({ doc }) => doc.milestones.has('payer')).length;
}

const users = Array.from({ length: 450 }, (_, index) => `u${index}`);

describe('the past of many people', () => {
  it('is one question to the warehouse, told in entries of a bounded size', async () => {
    await pay(users, 'first');
    await settle({ project: true });
    await publishGoal();
    await settle({ project: true });
    expect([asked.questions, counted(), reached()]).toEqual([1, [200, 200, 50], 450]);
    expect(preparing()).toBeUndefined();
  });

  it('that is not in yet of a few is asked for of those few, also of who has become somebody else', async () => {
    await pay(users, 'first');
    await settle({ project: true });
    await pay(['u1', 'u2', 'newcomer'], 'late');
    await settle({ project: false });
    await publishGoal();
    await settle({ project: false });
    // Published without them, after one look at everybody.
    expect([preparing()?.phase, preparing()?.left, reached()]).toEqual(['rest', [], 448]);
    expect(preparing()?.among).toHaveLength(3);
    const lists = asked.lists;
    const [newcomer, other] = [personOf('newcomer'), personOf('u5')];
    await eventLog.append([
      {
        ...{ id: 'merge', scope, origin: 'source', depth: 0 },
        body: { what: 'merge', from: newcomer.id, into: other.id, links: [], actor: 'a' },
      },
    ]);
    clock.time += 60_000;
    await settle({ project: true });
    clock.time += 60_000;
    await settle({ project: true });
    expect([preparing(), reached(), asked.lists - lists]).toEqual([undefined, 450, 0]);
    expect(Object.values(personOf('u5').doc.covered ?? {})).toEqual([2]);
  });
});
