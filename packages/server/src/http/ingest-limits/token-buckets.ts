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
  readonly #servers: () => number;
  readonly #maximumNames: number;
  readonly #buckets = new Map<string, Bucket>();

  /**
   * @param servers how many share the rate: each grants its part of it
   * @param maximumNames the names that are remembered; of more, the one that was quiet longest is forgotten
   */
  constructor(rate: Rate, servers: () => number = () => 1, maximumNames = 100_000) {
    this.#rate = rate;
    this.#servers = servers;
    this.#maximumNames = maximumNames;
  }

  /** Milliseconds until `cost` would pass; 0 when it passes now. Takes nothing. */
  wait(name: string, cost: number, now: number): number {
    const missing = Math.min(cost * 1000, this.#full()) - this.#thousandths(name, now);
    return missing <= 0 ? 0 : Math.ceil((missing * this.#servers()) / this.#rate.perSecond);
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
    if (!bucket) return this.#full();
    if (now < bucket.at) this.#buckets.set(name, { ...bucket, at: now });
    const rested = Math.max(0, now - bucket.at);
    const refilled = Math.floor((rested * this.#rate.perSecond) / this.#servers());
    return Math.min(this.#full(), bucket.thousandths + refilled);
  }

  /** What a full bucket holds, in thousandths: never less than one token, or nothing would ever pass. */
  #full(): number {
    return Math.max(1000, Math.floor((this.#rate.burst * 1000) / this.#servers()));
  }
}
