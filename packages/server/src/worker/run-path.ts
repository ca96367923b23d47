import type { Path } from '@gangway/product/pipeline/path.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import { startApplyLoop } from './apply-loop.ts';
import { type Loop, startLoop } from './loop.ts';

/** The path's steps, running. */
export interface RunningPath {
  stop(): Promise<void>;
}

/** How the loop that applies a partition is started, and whom it tells when it has applied something. */
export type StartApplying = (partition: number, applied: () => void) => Loop;

/** Runs every step of the path in a loop of its own, kicked by signals, so that an event waits for nobody's timer. */
export function runPath(input: {
  path: Path;
  signal: Signal;
  partitions: number;
  report: (error: unknown, loop: string) => void;
  /** Where applying runs; absent = here. */
  startApplying?: StartApplying;
}): RunningPath {
  const { path, signal, partitions, report, startApplying = applyHere(path, report) } = input;
  const start = (name: string, interval: number, step: () => Promise<boolean>): Loop => startLoop({ name, interval, step, report });
  const numbers = Array.from({ length: partitions }, (_, partition) => partition);
  const projects = numbers.map((partition) => start(`project ${partition}`, 1_000, () => path.project(partition)));
  const applies = numbers.map((partition) => startApplying(partition, () => projects[partition]?.kick()));
  const relay = start('relay', 1_000, path.relay);
  const others = [
    start('wake', 500, path.wake),
    start('dispatch', 1_000, path.dispatch),
    start('prepare', 250, path.prepare),
    start('housekeep', 60_000, path.housekeep),
  ];
  const stops = [signal.subscribe('log', ({ partition }) => applies[partition]?.kick()), signal.subscribe('outbox', () => relay.kick())];
  return {
    async stop() {
      for (const stop of stops) stop();
      await Promise.all([...applies, relay, ...others].map((loop) => loop.stop()));
      await Promise.all(projects.map((loop) => loop.stop()));
      await projectRest(path, numbers);
    },
  };
}

function applyHere(path: Path, report: (error: unknown, loop: string) => void): StartApplying {
  return (partition, applied) => {
    const apply = async () => {
      const worked = await path.apply(partition);
      if (worked) applied();
      return worked;
    };
    return startApplyLoop({ partition, apply, report });
  };
}

const longestRest = 3_000;

/** What was applied reaches the warehouse before it closes, as far as a short while allows; the next start does the rest. */
async function projectRest(path: Path, partitions: readonly number[]): Promise<void> {
  const end = Date.now() + longestRest;
  for (const partition of partitions) while (Date.now() < end && (await path.project(partition)));
}
