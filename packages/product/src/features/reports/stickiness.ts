/** People by the number of distinct periods in which they were active. */
export interface StickinessRow {
  readonly periods: number;
  /** How many of these periods are over. */
  readonly ended: number;
  readonly people: number;
}

export interface StickinessResult {
  /** One entry a number of periods, from 1 to all of the range. */
  readonly people: readonly {
    readonly periods: number;
    readonly people: number /** At least as many periods. */;
    readonly atLeast: number;
  }[];
  /** Everybody who was active at all. */
  readonly n: number;
  /**
   * The mean share active in a period, of those who were active in any: with days, daily by so many days’ active
   * people. Periods that are not over are left out; null when nobody was active in one that is.
   */
  readonly average: number | null;
}

/** @param range its periods, and how many of them have ended */
export function tabulateStickiness(rows: readonly StickinessRow[], range: { length: number; ended: number }): StickinessResult {
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  const counts = Array.from({ length: range.length }, (_, index) =>
    sum(rows.filter(({ periods }) => periods === index + 1).map(({ people }) => people)),
  );
  const active = sum(rows.filter(({ ended }) => ended > 0).map(({ people }) => people));
  return {
    people: counts.map((people, index) => ({ periods: index + 1, people, atLeast: sum(counts.slice(index)) })),
    n: sum(counts),
    average: active === 0 ? null : sum(rows.map(({ ended, people }) => ended * people)) / (range.ended * active),
  };
}

/** A number of the stickiness whose people are asked for: active in exactly, or in at least, so many periods. */
export interface StickinessCellKey {
  readonly periods: number;
  readonly atLeast: boolean;
}
