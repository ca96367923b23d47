import type { PlanState } from '@gangway/product/features/plans/plan.ts';
import { scopeKey } from '@gangway/product/kernel/scope.ts';
import { type PastEvent, pastEvents } from '@gangway/product/pipeline/past-events.ts';
import type { PersonRow } from '@gangway/product/pipeline/tables.ts';
import * as tables from '@gangway/product/pipeline/tables.ts';
import { rowsOnDisk } from '@gangway/product/ports/db/memory-db.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { checkFacts } from './check-facts.ts';
import { checkMilestones } from './check-milestones.ts';
import { checkReplay } from './check-replay.ts';
import { isAboutAccount, type Ledger } from './ledger.ts';
import { accounts, scope } from './simulated-content.ts';
import { boot, createDisks, type Disks, drain } from './world.ts';

/** What was found wrong. `lost`: acknowledged and not stored; `doubled`: counted more than once; `failures`: everything else, in words. */
export interface Findings {
  readonly lost: number;
  readonly doubled: number;
  readonly failures: readonly string[];
}

interface Round {
  readonly disks: Disks;
  readonly clock: { now(): number };
  readonly partitions: number;
  readonly ledger: Ledger;
}

/** The accountant, the conservation of counts, the meaning of the plans, milestones, replay and rebuild. */
export async function checkRound(round: Round): Promise<Findings> {
  const { ledger, disks } = round;
  const stored = disks.warehouse.rows.filter((row) => row.kind === 'event').map((row) => row.id);
  const unique = new Set(stored);
  // Those are applied, and are nobody's doing: no row of the warehouse tells of them.
  const aboutAccounts = new Set([...ledger.offered].filter(([, event]) => isAboutAccount(event)).map(([id]) => id));
  const lost = [...ledger.acknowledged].filter((id) => !unique.has(id) && !aboutAccounts.has(id)).length;
  const invented = [...unique].filter((id) => !ledger.offered.has(id));
  const people = rowsOnDisk(disks.db, tables.people);
  const failures = [
    ...(invented.length > 0 ? [`${invented.length} events were never offered`] : []),
    ...checkCounts(disks, { stored: unique.size, aboutAccounts: aboutAccounts.size }),
    ...checkPlans(disks),
    ...checkMilestones(disks),
    ...checkFacts({ people, accounts: rowsOnDisk(disks.db, tables.accounts), events: await eventsOf(disks, people) }),
    // One partition replays in its own order; several are interleaved as they were first applied only by chance.
    ...(round.partitions === 1 ? await checkReplay(round) : []),
    ...(await checkRebuild(round)),
  ];
  return { lost, doubled: stored.length - unique.size, failures };
}

function eventsOf(disks: Disks, people: readonly PersonRow[]): Promise<readonly PastEvent[]> {
  const numbers = people.map(({ number }) => number);
  return createMemoryWarehouse(disks.warehouse).run(pastEvents, { scope: scopeKey(scope), people: numbers, names: ['A', 'B', 'C'] });
}

function checkCounts(disks: Disks, { stored, aboutAccounts }: { stored: number; aboutAccounts: number }): string[] {
  const counters = new Map(rowsOnDisk(disks.db, tables.counters).map((row) => [row.name, row.value]));
  const value = (name: string) => counters.get(name) ?? 0;
  const failures: string[] = [];
  if (value('applied') !== stored + aboutAccounts)
    failures.push(`applied ${value('applied')}, stored ${stored}, about accounts ${aboutAccounts}`);
  if (value('acknowledged') !== value('applied') + value('deduplicated') + value('quarantined')) failures.push('the sums do not add up');
  const folded = rowsOnDisk(disks.db, tables.people).reduce(
    (sum, row) => sum + row.doc.events.entries().reduce((count, [, fact]) => count + fact.count, 0),
    0,
  );
  if (folded !== stored) failures.push(`people's counts come to ${folded}, stored ${stored}`);
  return failures;
}

/** A task is closed exactly when as many people of the account as it asks for have reached its milestone. */
function checkPlans(disks: Disks): string[] {
  const people = new Map(rowsOnDisk(disks.db, tables.people).map((row) => [row.id, row]));
  const members = rowsOnDisk(disks.db, tables.memberships);
  return accounts.flatMap((account) => {
    const row = rowsOnDisk(disks.db, tables.accounts).find((each) => each.id === account);
    const state = row?.doc.states[`plans/plan-${account}`] as unknown as PlanState | undefined;
    const reached = (milestone: string) =>
      members.filter((member) => member.account === account && people.get(member.person)?.doc.milestones.has(milestone)).length;
    const wrong = (task: string, expected: boolean) =>
      (state?.tasks[task]?.doneAt !== undefined) === expected ? [] : [`${account}: task ${task} is ${expected ? 'not ' : ''}closed`];
    // People who merged after they were told count as two for a task that asks for two: it may close, never stay open.
    const two = reached('two-b') >= 2 ? wrong('b', true) : [];
    return [...wrong('a', reached('first-a') >= 1), ...two, ...wrong('acc', row?.doc.milestones.has('account-a') ?? false)];
  });
}

/** A warehouse that is dropped and built again holds the same rows. */
async function checkRebuild({ disks, clock, partitions }: Round): Promise<string[]> {
  const fresh = { ...createDisks(), db: disks.db, log: disks.log };
  await drain(boot(fresh, { clock, fate: () => false, partitions }), partitions);
  const text = (one: Disks) => JSON.stringify(one.warehouse.rows.map((row) => JSON.stringify(row)).sort());
  return text(fresh) === text(disks) ? [] : ['a warehouse built anew differs'];
}
