import type { Clock } from '../kernel/clock.ts';
import { type Doors, openDoor } from '../kernel/door.ts';
import type { LoggedEntry } from '../kernel/entry.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Scope } from '../kernel/scope.ts';
import type { SliceDomain } from '../kernel/slice.ts';
import type { Courier } from '../ports/courier/courier.ts';
import type { Db } from '../ports/db/db.ts';
import type { EventLog } from '../ports/event-log/event-log.ts';
import type { Files } from '../ports/files/files.ts';
import type { Signal } from '../ports/signal/signal.ts';
import type { Warehouse } from '../ports/warehouse/warehouse.ts';
import type { AcceptContext } from './accept.ts';
import { type Offered, offer } from './append.ts';
import { applyNext } from './apply.ts';
import { dispatchNext } from './courier-dispatch.ts';
import { housekeep } from './housekeep.ts';
import { IdentityMemory } from './identity-memory.ts';
import { relayNext } from './outbox.ts';
import { createPeopleGate } from './people-gate.ts';
import { prepareNext } from './prepare-next.ts';
import { projectNext } from './project.ts';
import { createRegistries, type Registries } from './registry.ts';
import type { Digest } from './seen-ids.ts';
import { createVarietyGate } from './variety-gate.ts';
import { wakeNext } from './wake.ts';

/** The six ports. A preset chooses their adapters once, at start. */
export interface Ports {
  readonly db: Db;
  readonly log: EventLog;
  readonly warehouse: Warehouse;
  readonly courier: Courier;
  readonly files: Files;
  readonly signal: Signal;
}

/** The way of one event, in order: where each stage lives and what it promises. */
export const stages = [
  { name: 'accept', file: 'accept.ts', promise: 'a verdict per event; one bad event refuses only itself and is kept' },
  { name: 'append', file: 'append.ts', promise: 'acknowledged = on disk' },
  { name: 'resolve', file: 'resolve.ts', promise: 'anonymous → person → account; idempotent, order-free' },
  { name: 'fold', file: 'fold.ts', promise: 'next traits and counters; pure, replayable' },
  { name: 'match', file: 'match.ts', promise: 'milestones entered; the one evaluator' },
  { name: 'react', file: 'react.ts', promise: 'each slice moves on; state, effects and position in one transaction' },
  { name: 'deliver', file: 'outbox.ts', promise: 'send, show, emit, wake; at least once, de-duplicated by key' },
  { name: 'project', file: 'project.ts', promise: 'log → warehouse rows; a second reader that can be dropped and rebuilt' },
] as const;

/**
 * The path as a machine of small steps. Each step does a bounded piece of work and says whether there was any;
 * who runs them, in which order and how often, changes nothing in what comes out. The server runs them in
 * loops, the simulation in any order with crashes in between.
 */
export interface Path {
  /** Stages 1 and 2. */
  offer(scope: Scope, input: { body: JsonObject; context: AcceptContext }): Promise<Offered>;
  /** Stages 3 to 6, one partition. */
  apply(partition: number): Promise<boolean>;
  /** Stage 7. */
  relay(): Promise<boolean>;
  wake(): Promise<boolean>;
  dispatch(): Promise<boolean>;
  /** Brings the past in for what is about to be published. */
  prepare(): Promise<boolean>;
  /** Stage 8, one partition. */
  project(partition: number): Promise<boolean>;
  housekeep(): Promise<boolean>;
  readonly registries: Registries;
}

export function createPath(input: {
  ports: Ports;
  domains: readonly SliceDomain[];
  clock: Clock;
  report: (error: unknown, entry: LoggedEntry) => void;
  digest: Digest;
  mode?: 'live' | 'replay';
  /** What environments believe; absent = everything. */
  doors?: Doors;
}): Path {
  const { ports, domains, clock, report, digest, mode = 'live', doors = async () => openDoor } = input;
  const registries = createRegistries(domains);
  const own = new Set(domains.flatMap(({ events }) => events ?? []));
  const remembered = new IdentityMemory();
  const gates = { variety: createVarietyGate(ports.db, own), people: createPeopleGate(ports.db) };
  return {
    offer: (scope, what) => offer({ ...ports, ...gates, doors }, scope, what),
    apply: (partition) => applyNext({ ...ports, domains, registries, digest, remembered, report, mode }, partition),
    relay: () => relayNext(ports),
    wake: () => wakeNext({ ...ports, clock }),
    dispatch: () => dispatchNext({ ...ports, clock }),
    project: (partition) => projectNext(ports, partition),
    prepare: () => prepareNext({ ...ports, clock }),
    housekeep: () => housekeep({ ...ports, clock }),
    registries,
  };
}
