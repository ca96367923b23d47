/** Work that is looked for whenever somebody says so, one look at a time in this process. */
export interface WokenWork {
  /** Looks now; while a look is under way, once more behind it. */
  wake(): void;
  /** Begins no look any more, and resolves when the one that is under way has ended. */
  stop(): Promise<void>;
  /** Whether {@link stop} was called: a long look asks between two steps. */
  readonly stopped: boolean;
}

/** @param report takes what a look has thrown; the next one is tried all the same */
export function createWokenWork(look: () => Promise<void>, report: (error: unknown) => void): WokenWork {
  const state = { stopped: false, again: false };
  let work: Promise<void> | undefined;
  const lookUntilQuiet = async () => {
    while (state.again && !state.stopped) {
      state.again = false;
      await look().catch(report);
    }
    work = undefined;
  };
  return {
    wake() {
      if (state.stopped) return;
      state.again = true;
      work ??= lookUntilQuiet();
    },
    async stop() {
      state.stopped = true;
      await work;
    },
    get stopped() {
      return state.stopped;
    },
  };
}
