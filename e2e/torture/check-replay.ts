import { allTables } from '@gangway/server/tables.ts';
import { boot, createDisks, type Disks } from './world.ts';

/** The same log, of one partition, over empty derived tables gives the same derived tables; what differs, in words. */
export async function checkReplay({ disks, clock }: { disks: Disks; clock: { now(): number } }): Promise<string[]> {
  const again = createDisks();
  for (const table of allTables.filter(({ kind }) => kind === 'source')) {
    const rows = disks.db.tables.get(table.name);
    if (rows) again.db.tables.set(table.name, new Map(rows));
  }
  for (const [partition, batches] of disks.log) again.log.set(partition, batches);
  const machine = boot(again, { clock, fate: () => false, partitions: 1, mode: 'replay' });
  while (await machine.path.apply(0));
  return allTables
    .filter(({ kind, name }) => kind === 'derived' && name !== 'wakes')
    .flatMap(({ name }) => compare(name, disks.db.tables.get(name), again.db.tables.get(name)));
}

function compare(name: string, one: Map<string, unknown> | undefined, other: Map<string, unknown> | undefined): string[] {
  const text = (rows: Map<string, unknown> | undefined) => JSON.stringify([...(rows ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other) ? [] : [`replay: ${name} differs`];
}
