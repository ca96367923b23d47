import { createPath, type Path, type Ports } from '@gangway/product/pipeline/path.ts';
import { createMemoryCourier, type Kept } from '@gangway/product/ports/courier/memory-courier.ts';
import { createMemoryDb, createMemoryDisk, type MemoryDisk } from '@gangway/product/ports/db/memory-db.ts';
import { createMemoryEventLog, type MemoryLogDisk } from '@gangway/product/ports/event-log/memory-event-log.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import {
  createMemoryWarehouse,
  createMemoryWarehouseDisk,
  type MemoryWarehouseDisk,
} from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { domains } from '@gangway/server/domains.ts';
import { sha256 } from '@gangway/server/sha256.ts';
import { crashingPorts, type Fate } from './crashing-ports.ts';

/** What survives a death of the process. */
export interface Disks {
  readonly db: MemoryDisk;
  readonly log: MemoryLogDisk;
  readonly warehouse: MemoryWarehouseDisk;
  readonly mail: Kept[];
}

export function createDisks(): Disks {
  return { db: createMemoryDisk(), log: new Map(), warehouse: createMemoryWarehouseDisk(), mail: [] };
}

/** The whole pipeline in one process, over what is on the disks. */
export interface Machine {
  readonly path: Path;
  readonly ports: Ports;
  readonly disks: Disks;
}

export function boot(disks: Disks, input: { clock: { now(): number }; fate: Fate; mode?: 'live' | 'replay'; partitions: number }): Machine {
  const { clock, fate, mode = 'live', partitions } = input;
  const real: Ports = {
    db: createMemoryDb(disks.db),
    log: createMemoryEventLog({ clock, partitions, disk: disks.log }),
    warehouse: createMemoryWarehouse(disks.warehouse),
    courier: createMemoryCourier(disks.mail),
    files: createMemoryFiles(),
    signal: createMemorySignal(),
  };
  const ports = crashingPorts(real, fate);
  const refuse = (error: unknown) => {
    throw error;
  };
  return { ports, disks, path: createPath({ ports, domains, clock, digest: sha256, report: refuse, mode }) };
}

/** Runs every step until none finds work. */
export async function drain({ path }: Machine, partitions: number): Promise<void> {
  for (let worked = true; worked; ) {
    worked = false;
    for (let partition = 0; partition < partitions; partition++) {
      worked = (await path.apply(partition)) || worked;
      worked = (await path.project(partition)) || worked;
    }
    for (const step of [path.relay, path.wake, path.dispatch, path.prepare]) worked = (await step()) || worked;
  }
}
