import { type Body, batchBody, bodiesOf, judge } from './delivery.ts';
import type { Lock } from './lock.ts';
import type { Post } from './post.ts';
import type { Queue, QueuedEvent } from './queue.ts';
import type { Reach } from './reach.ts';
import { parseJson, type Store } from './storage.ts';

const batchMs = 3000;
const batchCount = 50;
const notBeforeKey = 'not-before';

interface Parts {
  readonly writeKey: string;
  readonly queue: Queue;
  readonly post: Post;
  readonly reach: Reach;
  readonly store: Store;
  readonly lock: Lock;
  /** Proves that events are from this user. */
  readonly token: (userId: string | undefined) => string | undefined;
  /** Events were lost for good; reports it by a further event. */
  readonly lost: (count: number) => void;
}

/** Brings queued events to the server. One tab sends at a time; an event leaves the queue when it is acknowledged. */
export class Transport {
  readonly #parts: Parts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The server does not want this key: nothing more from this page. */
  #refused = false;
  /** Failures in a row. */
  #attempt = 0;
  #running: Promise<void> | undefined;
  #again = false;
  /** Keys of events in keep-alive requests. */
  readonly #leaving = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Something was queued. `now`: it cannot wait for others. */
  queued(now: boolean): void {
    // While a failed request waits for its next attempt, new events wait with it.
    if (this.#attempt > 0 && this.#timer) return;
    if (now || this.#parts.queue.list().length >= batchCount) void this.flush();
    else this.#later(batchMs);
  }

  /** Sends what waits; resolves when it is acknowledged, or kept for later. */
  async flush(): Promise<void> {
    this.#again = this.#running !== undefined;
    if (this.#running) return this.#running;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#rounds();
    await this.#running;
    this.#running = undefined;
  }

  /** The page may be gone in a moment: everything leaves by keep-alive requests, and stays queued until acknowledged. */
  leave(): void {
    const { queue } = this.#parts;
    if (!this.#mayCall()) return;
    // `hidden` is often followed by `pagehide`: what has left already need not leave twice.
    for (const body of this.#bodies((event) => !this.#leaving.has(event.key))) {
      const { events } = body;
      for (const { key } of events) this.#leaving.add(key);
      void this.#post(body, true).then((response) => {
        if (response?.ok) queue.remove(events);
        for (const { key } of events) this.#leaving.delete(key);
      });
    }
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false;
      await this.#turn();
    } while (this.#again);
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      const release = this.#parts.lock('send', () => {
        void this.#sendAll().finally(() => {
          release();
          resolve();
        });
      });
    });
  }

  async #sendAll(): Promise<void> {
    const wait = this.#notBefore() - Date.now();
    if (wait > 0) this.#later(wait);
    if (!this.#mayCall()) return;
    for (const body of this.#bodies()) {
      if (!this.#settle(body.events, await this.#post(body, false))) return;
    }
    const losses = this.#parts.queue.takeLosses();
    if (losses > 0) this.#parts.lost(losses);
  }

  /** True when the next body may follow at once. */
  #settle(events: readonly QueuedEvent[], response: Response | undefined): boolean {
    const { queue, store, reach } = this.#parts;
    const outcome = { status: response?.status ?? 0, retryAfter: response?.headers.get('retry-after') ?? null };
    const verdict = judge(outcome, this.#attempt, Math.random(), Date.now());
    if (verdict.events === 'kept') {
      this.#attempt++;
      this.#refused = verdict.waitMs === undefined;
      if (verdict.waitMs === undefined || !reach.open) return false;
      if (outcome.retryAfter) store.set(notBeforeKey, String(Date.now() + verdict.waitMs));
      this.#later(verdict.waitMs);
      return false;
    }
    this.#attempt = 0;
    store.remove(notBeforeKey);
    if (verdict.events === 'delivered') queue.remove(events);
    else queue.lose(events);
    return true;
  }

  #mayCall(): boolean {
    return !this.#refused && this.#parts.reach.open && this.#notBefore() <= Date.now();
  }

  #notBefore(): number {
    return Number(this.#parts.store.get(notBeforeKey) ?? 0);
  }

  #later(wait: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, wait);
  }

  #bodies(wanted: (event: QueuedEvent) => boolean = () => true): readonly Body[] {
    const userOf = ({ text }: QueuedEvent) => parseJson<{ readonly userId?: string }>(text)?.userId;
    return bodiesOf(this.#parts.queue.list().filter(wanted), userOf, (text) => new TextEncoder().encode(text).length);
  }

  #post({ userId, events }: Body, keepalive: boolean): Promise<Response | undefined> {
    const { writeKey, token, post } = this.#parts;
    return post('/v1/batch', batchBody({ writeKey, token: token(userId) }, events, Date.now()), { keepalive });
  }
}
