/** So many a second for ever, and `burst` at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  /** When `tokens` was right, epoch milliseconds. */
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
    const missing = Math.min(cost, this.#rate.burst) - this.#tokens(name, now);
    return missing <= 0 ? 0 : Math.ceil((missing / this.#rate.perSecond) * 1000);
  }

  /** Takes `cost`, whether it passes or not: ask {@link wait} first. */
  take(name: string, cost: number, now: number): void {
    const tokens = this.#tokens(name, now) - cost;
    // Deleted first: a map keeps the order of insertion, so the first name is the one that was quiet longest.
    this.#buckets.delete(name);
    this.#buckets.set(name, { tokens, at: now });
    if (this.#buckets.size <= this.#maximumNames) return;
    for (const quiet of this.#buckets.keys()) {
      this.#buckets.delete(quiet);
      return;
    }
  }

  /** What is in the bucket now. After a jump back of the clock the bucket goes on from the new time. */
  #tokens(name: string, now: number): number {
    const bucket = this.#buckets.get(name);
    if (!bucket) return this.#rate.burst;
    if (now < bucket.at) this.#buckets.set(name, { tokens: bucket.tokens, at: now });
    const rested = Math.max(0, now - bucket.at);
    return Math.min(this.#rate.burst, bucket.tokens + (rested / 1000) * this.#rate.perSecond);
  }
}
