import type { Path } from '@gangway/product/pipeline/path.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';
import { type Loop, startLoop } from './loop.ts';

/** The path's steps, running. */
export interface RunningPath {
  stop(): Promise<void>;
}

/** Runs every step of the path in a loop of its own, kicked by signals, so that an event waits for nobody's timer. */
export function runPath(input: {
  path: Path;
  signal: Signal;
  partitions: number;
  report: (error: unknown, loop: string) => void;
}): RunningPath {
  const { path, signal, partitions, report } = input;
  const start = (name: string, interval: number, step: () => Promise<boolean>): Loop => startLoop({ name, interval, step, report });
  const numbers = Array.from({ length: partitions }, (_, partition) => partition);
  const projects = numbers.map((partition) => start(`project ${partition}`, 1_000, () => path.project(partition)));
  const applies = numbers.map((partition) =>
    start(`apply ${partition}`, 500, async () => {
      const worked = await path.apply(partition);
      if (worked) projects[partition]?.kick();
      return worked;
    }),
  );
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

const longestRest = 3_000;

/** What was applied reaches the warehouse before it closes, as far as a short while allows; the next start does the rest. */
async function projectRest(path: Path, partitions: readonly number[]): Promise<void> {
  const end = Date.now() + longestRest;
  for (const partition of partitions) while (Date.now() < end && (await path.project(partition)));
}
