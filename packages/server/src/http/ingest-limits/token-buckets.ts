/** So many a second for ever, and `burst` at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  /** Thousandths of tokens: whole numbers, so that an offer passes at the very millisecond that was named. */
  thousandths: number;
  /** When that was right, epoch milliseconds. */
  at: number;
}

/** Less often than this it is not worth while to look for full buckets. */
const fewestTaken = 1_000;

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
  /** Since the full ones were last forgotten. */
  #taken = 0;

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
    const missing = Math.min(cost * 1000, this.#full()) - this.#thousandths(this.#buckets.get(name), now);
    return missing <= 0 ? 0 : Math.ceil((missing * this.#servers()) / this.#rate.perSecond);
  }

  /** Takes `cost`, whether it passes or not: ask {@link wait} first. */
  take(name: string, cost: number, now: number): void {
    const bucket = this.#buckets.get(name);
    const thousandths = this.#thousandths(bucket, now) - cost * 1000;
    // Deleted first: a map keeps the order of insertion, so the first name is the one that was quiet longest.
    if (bucket) this.#buckets.delete(name);
    this.#buckets.set(name, { thousandths, at: now });
    if (++this.#taken > this.#buckets.size + fewestTaken) this.#forgetFull(now);
    if (this.#buckets.size <= this.#maximumNames) return;
    for (const quiet of this.#buckets.keys()) {
      this.#buckets.delete(quiet);
      return;
    }
  }

  /** A full bucket is as good as none. Most are full again before their name comes back, and a small map is a fast one. */
  #forgetFull(now: number): void {
    this.#taken = 0;
    const full = this.#full();
    for (const [name, bucket] of this.#buckets) if (this.#thousandths(bucket, now) >= full) this.#buckets.delete(name);
  }

  /** What is in the bucket now. After a jump back of the clock the bucket goes on from the new time. */
  #thousandths(bucket: Bucket | undefined, now: number): number {
    if (!bucket) return this.#full();
    const rested = Math.max(0, now - bucket.at);
    if (now < bucket.at) bucket.at = now;
    const refilled = Math.floor((rested * this.#rate.perSecond) / this.#servers());
    return Math.min(this.#full(), bucket.thousandths + refilled);
  }

  /** What a full bucket holds, in thousandths: never less than one token, or nothing would ever pass. */
  #full(): number {
    return Math.max(1000, Math.floor((this.#rate.burst * 1000) / this.#servers()));
  }
}
