/** Work that is looked for whenever somebody says so, one look at a time in this process. */
export interface WokenWork {
  /** Looks now; while a look is under way, once more behind it. */
  wake(): void;
  /** Begins no look any more, and resolves when the one that is under way has ended. */
  stop(): Promise<void>;
  /** Whether {@link stop} was called: a long look asks between two steps. */
  readonly stopped: boolean;
}

/** @param report takes what a look has thrown; the next one is tried all the same, also when the report itself throws */
export function createWokenWork(look: () => Promise<void>, report: (error: unknown) => void): WokenWork {
  // `looking` is said before the look: one that wakes before it first waits must find itself under way.
  const state = { stopped: false, again: false, looking: false };
  let work: Promise<void> | undefined;
  const lookOnce = async () => {
    try {
      await look();
    } catch (error) {
      report(error);
    }
  };
  const lookUntilQuiet = async () => {
    state.looking = true;
    while (state.again && !state.stopped) {
      state.again = false;
      // Nobody is left who could be told of a report that fails, and the work goes on without it.
      await lookOnce().catch(() => undefined);
    }
    state.looking = false;
  };
  return {
    wake() {
      if (state.stopped) return;
      state.again = true;
      if (!state.looking) work = lookUntilQuiet();
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
