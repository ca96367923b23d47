import type { Warehouse, WarehouseRow } from './warehouse.ts';

/** What the in-memory warehouse keeps. */
export interface MemoryWarehouseDisk {
  readonly rows: WarehouseRow[];
  readonly positions: Map<number, number>;
  /** `scope:number` → the number it has become. */
  readonly became: Map<string, number>;
}

export function createMemoryWarehouseDisk(): MemoryWarehouseDisk {
  return { rows: [], positions: new Map(), became: new Map() };
}

/** The in-memory twin: answers every query by its fold. */
export function createMemoryWarehouse(disk: MemoryWarehouseDisk = createMemoryWarehouseDisk()): Warehouse {
  const now = (scope: string, person: number) => disk.became.get(`${scope}:${person}`) ?? person;
  return {
    async write(batch) {
      if (batch.position <= (disk.positions.get(batch.partition) ?? 0)) return;
      const odd = batch.rows.find((row) => !Number.isSafeInteger(row.k) || !Number.isSafeInteger(row.person));
      if (odd) throw new RangeError(`row ${odd.id}: order key and person are whole numbers`);
      for (const row of batch.rows) disk.rows.push(row);
      for (const { scope, from, to } of batch.merges) {
        const loser = now(scope, from);
        const survivor = now(scope, to);
        if (loser === survivor) continue;
        for (const [key, value] of disk.became) {
          if (key.startsWith(`${scope}:`) && value === loser) disk.became.set(key, survivor);
        }
        disk.became.set(`${scope}:${loser}`, survivor);
      }
      disk.positions.set(batch.partition, batch.position);
    },
    async erase(scope, people) {
      const kept = disk.rows.filter((row) => row.scope !== scope || !people.includes(now(scope, row.person)));
      disk.rows.splice(0, disk.rows.length, ...kept);
    },
    position: async (partition) => disk.positions.get(partition) ?? 0,
    async run(query, params) {
      const rows = disk.rows
        .filter((row) => row.scope === params.scope)
        .map((row) => ({ ...row, person: now(row.scope, row.person) }))
        .sort((a, b) => a.person - b.person || a.k - b.k || (a.id < b.id ? -1 : 1));
      return query.finish(query.fold(rows, params), params);
    },
    // It answers at once.
    load: () => ({ running: 0, waiting: 0 }),
    close: async () => undefined,
  };
}
