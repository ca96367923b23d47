import { funnelRows } from '@gangway/product/features/reports/server/queries/funnel-rows.ts';
import { findMembers } from '@gangway/product/features/segments/server/find-members.ts';
import type { JsonObject } from '@gangway/product/kernel/json.ts';
import { scopeKey } from '@gangway/product/kernel/scope.ts';
import { publish, saveDraft } from '@gangway/product/pipeline/definitions.ts';
import { createPath } from '@gangway/product/pipeline/path.ts';
import { people } from '@gangway/product/pipeline/tables.ts';
import { createMemoryCourier } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryDb } from '@gangway/product/ports/db/memory-db.ts';
import { createMemoryEventLog } from '@gangway/product/ports/event-log/memory-event-log.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { domains } from '../domains.ts';
import { sha256 } from '../sha256.ts';
import { did, milestoneOf } from '../testing/test-content.ts';

const scope = { workspace: 'w', environment: 'e' };
const day = 86_400_000;
const begin = Date.UTC(2026, 1, 28, 12);
const rules: Readonly<Record<string, Rule>> = {
  'did-a': did('A'),
  'twice-b': did('B', 2, day),
  both: { type: 'all', of: [did('A'), { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' }] },
};

/**
 * A day of events: each with its person, its kind and its minute. No two events of a person share a minute, since
 * their order would be the order of arrival; two values of a trait may, and the greater one holds.
 */
const history = fc.uniqueArray(
  fc.record({ who: fc.constantFrom('ann', 'bob'), what: fc.constantFrom('A', 'B', 'C', 'free', 'pro'), minute: fc.nat(24 * 60 - 1) }),
  { minLength: 1, maxLength: 25, selector: ({ who, what, minute }) => `${who} ${minute} ${isEvent(what) ? '' : what}` },
);
type History = readonly { readonly who: string; readonly what: string; readonly minute: number }[];

function isEvent(what: string): boolean {
  return /^[A-C]$/.test(what);
}

function toEvent({ who, what, minute }: History[number], index: number): JsonObject {
  const common = { userId: who, messageId: `m${index}`, timestamp: new Date(begin + minute * 60_000).toISOString() };
  return isEvent(what) ? { ...common, type: 'track', event: what } : { ...common, type: 'identify', traits: { plan: what } };
}

/** What the events come to when they arrive in this order, one batch each, in the name of ids rather than of numbers. */
async function outcome(events: readonly JsonObject[]) {
  const clock = { now: () => begin + day };
  const ports = {
    db: createMemoryDb(),
    log: createMemoryEventLog({ clock, partitions: 1 }),
    warehouse: createMemoryWarehouse(),
    courier: createMemoryCourier(),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  const path = createPath({ ports, domains, clock, digest: sha256, report: (error) => expect.unreachable(String(error)) });
  for (const [id, rule] of Object.entries(rules)) {
    await ports.db.transaction({ as: 'system' }, async (tx) => {
      const author = { scope, slice: 'milestones', id, by: 'test', now: clock.now() };
      await saveDraft(tx, author, { body: milestoneOf(rule) as never, revision: 0 });
      await publish(tx, author, { revision: 1, everyone: true });
    });
  }
  for (const event of events)
    await path.offer(scope, { body: event, context: { receivedAt: clock.now(), key: 'secret', requestId: String(event.messageId) } });
  for (let moved = true; moved; ) moved = (await path.relay()) || (await path.apply(0)) || (await path.project(0));
  const rows = await ports.db.transaction({ as: 'system' }, (tx) => tx.list(people, { orderBy: ['userId'] }));
  const user = new Map(rows.map((row) => [row.number, row.userId]));
  const steps = ['A', 'B', 'C'].map((name) => ({ type: 'event' as const, name }));
  const funnel = await ports.warehouse.run(funnelRows, { scope: scopeKey(scope), steps, from: begin, to: begin + day, within: day });
  const members = await Promise.all(Object.values(rules).map((rule) => findMembers(ports, scope, { rule, now: begin + day })));
  return {
    people: rows.map(({ userId, firstSeen, lastSeen, doc }) => ({
      userId,
      firstSeen,
      lastSeen,
      traits: doc.traits,
      events: doc.events.toJSON(),
      milestones: [...doc.milestones.names].sort(),
    })),
    funnel: { ...funnel, people: funnel.people.map((step) => step.map((number) => user.get(number)).sort()) },
    members: members.map((each) => each.people.map(({ userId }) => userId).sort()),
  };
}

it('71: a day of events in any order gives the same people, traits, milestones, segments and funnel', async () => {
  await fc.assert(
    fc.asyncProperty(
      history.chain((events) =>
        fc.tuple(fc.constant(events.map(toEvent)), fc.shuffledSubarray(events.map(toEvent), { minLength: events.length })),
      ),
      async ([inOrder, shuffled]) => {
        const sorted = [...inOrder].sort((a, b) => (String(a.timestamp) < String(b.timestamp) ? -1 : 1));
        expect(await outcome(shuffled)).toEqual(await outcome(sorted));
      },
    ),
    { numRuns: 60 },
  );
});
