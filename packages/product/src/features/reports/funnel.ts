/** A step is an event by name, or a milestone. */
export type FunnelStep = { readonly type: 'event'; readonly name: string } | { readonly type: 'milestone'; readonly id: string };

export interface Funnel {
  readonly name: string;
  readonly steps: readonly FunnelStep[];
  /** Milliseconds from the first step within which the last one must follow. */
  readonly within: number;
}

/** One person's event as the fold needs it: the order key and which steps it meets (a bit mask, step 1 = bit 0). */
export interface FunnelRow {
  readonly person: number;
  readonly k: number;
  readonly steps: number;
}

export interface FunnelResult {
  /** People per step: how many reached at least this one. */
  readonly reached: readonly number[];
  /** Person numbers whose highest step is this one: the rows behind the figure. */
  readonly people: readonly (readonly number[])[];
  /** Median milliseconds from the start of the chain that first completes to its completion; null when nobody completed. */
  readonly medianTime: number | null;
}

/**
 * The ordered funnel with the best chain: a person may start again, and the latest start that still reaches a
 * step is kept. Rows must come sorted by person and order key. Going down the steps keeps one event from
 * serving two of them.
 *
 * @param from first order key at which step 1 counts; step 1 must lie in [from, to)
 */
export function foldFunnel(rows: Iterable<FunnelRow>, input: { steps: number; window: number; from: number; to: number }): FunnelResult {
  const people: number[][] = Array.from({ length: input.steps }, () => []);
  const times: number[] = [];
  let current: Chain | undefined;
  const close = () => {
    if (!current || current.level === 0) return;
    people[current.level - 1]?.push(current.person);
    if (current.time !== undefined) times.push(current.time);
  };
  for (const row of rows) {
    if (current?.person !== row.person) {
      close();
      current = { person: row.person, start: [], level: 0, time: undefined };
    }
    take(current, row, input);
  }
  close();
  const counts = people.map((list) => list.length);
  const reached = counts.map((_, index) => counts.slice(index).reduce((sum, count) => sum + count, 0));
  return { reached, people, medianTime: median(times) };
}

interface Chain {
  readonly person: number;
  readonly start: (number | undefined)[];
  level: number;
  time: number | undefined;
}

function take(chain: Chain, row: FunnelRow, input: { steps: number; window: number; from: number; to: number }): void {
  const limit = input.window * 4096 + 4095;
  for (let step = input.steps - 1; step >= 0; step--) {
    if ((row.steps & (1 << step)) === 0) continue;
    if (step === 0) {
      if (row.k < input.from || row.k >= input.to) continue;
      chain.start[0] = row.k;
    } else {
      const start = chain.start[step - 1];
      if (start === undefined || row.k - start > limit) continue;
      chain.start[step] = start;
      if (step === input.steps - 1 && chain.time === undefined) chain.time = Math.floor((row.k - start) / 4096);
    }
    chain.level = Math.max(chain.level, step + 1);
  }
}

/** The middle value, or the mean of the two middle ones; null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
