import { setTimeout as sleep } from 'node:timers/promises';

/** A step of the path that is repeated for as long as it finds work, then waits to be kicked or for its interval. */
export interface Loop {
  /** There may be work now. */
  kick(): void;
  /** Resolves when the step that runs has ended. */
  stop(): Promise<void>;
}

const longestPause = 5_000;

/**
 * Runs a step until stopped. A step that throws is reported and tried again, each time after a longer pause: a
 * store that is down for a while needs no restart of ours.
 *
 * @param input.interval milliseconds to look again when nobody kicks
 */
export function startLoop(input: {
  name: string;
  interval: number;
  step: () => Promise<boolean>;
  report: (error: unknown, name: string) => void;
}): Loop {
  let stopped = false;
  let wakeUp = () => {};
  let kicked = false;
  const waiting = (milliseconds: number) => {
    const controller = new AbortController();
    wakeUp = () => controller.abort();
    return sleep(milliseconds, undefined, { signal: controller.signal, ref: false }).catch(() => undefined);
  };
  const run = async () => {
    let failures = 0;
    while (!stopped) {
      try {
        kicked = false;
        const worked = await input.step();
        failures = 0;
        if (!worked && !kicked && !stopped) await waiting(input.interval);
      } catch (error) {
        if (stopped) return;
        input.report(error, input.name);
        await waiting(Math.min(longestPause, 50 * 2 ** failures++));
      }
    }
  };
  const done = run();
  return {
    kick() {
      kicked = true;
      wakeUp();
    },
    async stop() {
      stopped = true;
      wakeUp();
      await done;
    },
  };
}
