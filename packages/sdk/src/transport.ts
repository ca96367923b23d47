import { batchBody, bodiesOf, judge } from './delivery.ts';
import type { Post } from './post.ts';
import type { Queue, QueuedEvent } from './queue.ts';
import type { Reach } from './reach.ts';
import type { Store } from './storage.ts';

const batchMs = 3000;
const batchCount = 50;
const notBeforeKey = 'not-before';

export interface Transport {
  /** Something was queued. `now`: it cannot wait for others. */
  queued(now: boolean): void;
  /** Sends what waits; resolves when it is acknowledged, or kept for later. */
  flush(): Promise<void>;
  /** The page may be gone in a moment: everything leaves by keep-alive requests, and stays queued until acknowledged. */
  leave(): void;
  dispose(): void;
}

interface Parts {
  readonly writeKey: string;
  readonly queue: Queue;
  readonly post: Post;
  readonly reach: Reach;
  readonly store: Store;
  /** Only one tab sends at a time; runs the action when it is this tab's turn. */
  readonly turn: (action: () => Promise<void>) => Promise<void>;
  /** Events were lost for good; reports it by a further event. */
  readonly lost: (count: number) => void;
}

export function createTransport(parts: Parts): Transport {
  const { queue, store, reach } = parts;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refused = false;
  let attempt = 0;
  let running: Promise<void> | undefined;
  let again = false;

  function later(wait: number) {
    timer ??= setTimeout(() => void flush(), wait);
  }

  function cancel() {
    clearTimeout(timer);
    timer = undefined;
  }

  async function flush(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    cancel();
    running = parts.turn(sendAll);
    await running;
    running = undefined;
    if (again) {
      again = false;
      await flush();
    }
  }

  async function sendAll(): Promise<void> {
    const wait = Number(store.get(notBeforeKey) ?? 0) - Date.now();
    if (wait > 0) later(wait);
    if (refused || !reach.open || wait > 0) return;
    for (const events of bodiesOf(queue.list(), bytes)) {
      const response = await parts.post('/v1/batch', batchBody(parts.writeKey, events, Date.now()));
      if (!settle(events, response)) return;
    }
    const losses = queue.takeLosses();
    if (losses > 0) parts.lost(losses);
  }

  /** True when the next body may follow at once. */
  function settle(events: readonly QueuedEvent[], response: Response | undefined): boolean {
    const outcome = { status: response?.status ?? 0, retryAfter: response?.headers.get('retry-after') ?? null };
    const verdict = judge(outcome, attempt, Math.random(), Date.now());
    if (verdict.events === 'kept') {
      attempt++;
      refused = verdict.waitMs === undefined;
      if (verdict.waitMs === undefined || !reach.open) return false;
      if (outcome.retryAfter) store.set(notBeforeKey, String(Date.now() + verdict.waitMs));
      later(verdict.waitMs);
      return false;
    }
    attempt = 0;
    store.remove(notBeforeKey);
    if (verdict.events === 'delivered') queue.remove(events);
    else queue.lose(events);
    return true;
  }

  return {
    queued(now) {
      // While a failed request waits for its turn again, new events wait with it.
      if (attempt > 0 && timer) return;
      if (now || queue.list().length >= batchCount) void flush();
      else later(batchMs);
    },
    flush,
    leave() {
      if (refused || !reach.open || Number(store.get(notBeforeKey) ?? 0) > Date.now()) return;
      for (const events of bodiesOf(queue.list(), bytes)) {
        const body = batchBody(parts.writeKey, events, Date.now());
        void parts.post('/v1/batch', body, { keepalive: true }).then((response) => response?.ok && queue.remove(events));
      }
    },
    dispose: cancel,
  };
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
