/** So many a second for ever, and `burst` at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  /** Thousandths of tokens: whole numbers, so that an offer passes at the very millisecond that was named. */
  readonly thousandths: number;
  /** When that was right, epoch milliseconds. */
  readonly at: number;
}

/**
 * One bucket of tokens a name. Time is given, so it can jump: a jump back refills nothing and locks nobody out,
 * a jump forward fills a bucket at most once. A cost above the burst passes a full bucket and leaves a debt, so
 * that a large batch is slow rather than impossible.
 */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #maximumNames: number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param maximumNames the names that are remembered; of more, the one that was quiet longest is forgotten */
  constructor(rate: Rate, maximumNames = 100_000) {
    this.#rate = rate;
    this.#maximumNames = maximumNames;
  }

  /** Milliseconds until `cost` would pass; 0 when it passes now. Takes nothing. */
  wait(name: string, cost: number, now: number): number {
    const missing = Math.min(cost, this.#rate.burst) * 1000 - this.#thousandths(name, now);
    return missing <= 0 ? 0 : Math.ceil(missing / this.#rate.perSecond);
  }

  /** Takes `cost`, whether it passes or not: ask {@link wait} first. */
  take(name: string, cost: number, now: number): void {
    const thousandths = this.#thousandths(name, now) - cost * 1000;
    // Deleted first: a map keeps the order of insertion, so the first name is the one that was quiet longest.
    this.#buckets.delete(name);
    this.#buckets.set(name, { thousandths, at: now });
    if (this.#buckets.size <= this.#maximumNames) return;
    for (const quiet of this.#buckets.keys()) {
      this.#buckets.delete(quiet);
      return;
    }
  }

  /** What is in the bucket now. After a jump back of the clock the bucket goes on from the new time. */
  #thousandths(name: string, now: number): number {
    const bucket = this.#buckets.get(name);
    if (!bucket) return this.#rate.burst * 1000;
    if (now < bucket.at) this.#buckets.set(name, { ...bucket, at: now });
    const rested = Math.max(0, now - bucket.at);
    return Math.min(this.#rate.burst * 1000, bucket.thousandths + rested * this.#rate.perSecond);
  }
}
