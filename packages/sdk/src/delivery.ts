import type { QueuedEvent } from './queue.ts';

/** The browser lets all keep-alive requests of a page carry 64 KiB together; one body leaves room for others. */
export const bodyLimit = 48 * 1024;
const firstWaitMs = 2000;
const longestWaitMs = 300_000;
/** After this many requests in a row that got no answer at all, calling stops: until `online`, the next page, or a long rest. */
export const unreachableLimit = 3;

/** What surrounds the events of a body: a few names, and the longest token that a server reads. */
const envelope = 400 + 4096;

/** Events that leave together. */
export interface Body {
  /** The one user whom its events name, and whose token proves them; an event that names nobody goes with any. */
  userId?: string | undefined;
  readonly events: QueuedEvent[];
}

/** Cuts the queue into bodies of at most {@link bodyLimit} bytes and of one user each, order kept. */
export function bodiesOf(
  events: readonly QueuedEvent[],
  userOf: (event: QueuedEvent) => string | undefined,
  bytes: (text: string) => number,
): readonly Body[] {
  const bodies: Body[] = [];
  let body: Body = { events: [] };
  let size: number = bodyLimit;
  for (const event of events) {
    const own = bytes(event.text) + 1;
    const userId = userOf(event);
    if (size + own > bodyLimit || (body.userId && userId && body.userId !== userId)) {
      body = { events: [] };
      bodies.push(body);
      size = envelope;
    }
    body.userId ??= userId;
    body.events.push(event);
    size += own;
  }
  return bodies;
}

/** The body of `POST /v1/batch`. The events are JSON already. */
export function batchBody(from: Sender, events: readonly QueuedEvent[], sentAt: number): string {
  const { writeKey, token } = from;
  const head = JSON.stringify({ writeKey, sentAt: new Date(sentAt).toISOString(), context: token && { gangwayToken: token } });
  return `${head.slice(0, -1)},"batch":[${events.map((event) => event.text).join()}]}`;
}

interface Sender {
  readonly writeKey: string;
  readonly token: string | undefined;
}

/** What a request came to. Status 0 = no answer. */
export interface Outcome {
  readonly status: number;
  /** The `Retry-After` header, if any. */
  readonly retryAfter?: string | null;
}

export type Verdict =
  | { readonly events: 'delivered' | 'lost' }
  | { readonly events: 'kept'; readonly waitMs: number }
  /** Nothing more from this page. */
  | { readonly events: 'kept'; readonly waitMs?: undefined };

/**
 * What follows from an answer.
 *
 * @param attempt failures in a row before this one
 * @param random 0 to 1
 */
export function judge(outcome: Outcome, attempt: number, random: number, now: number): Verdict {
  const { status, retryAfter } = outcome;
  if (status >= 200 && status < 300) return { events: 'delivered' };
  if (status === 400 || status === 413 || status === 422) return { events: 'lost' };
  const passing = status === 0 || status === 408 || status === 429 || status >= 500;
  if (!passing) return { events: 'kept' };
  return { events: 'kept', waitMs: Math.max(retryAfterMs(retryAfter, now), backoff(attempt, random)) };
}

/** Full jitter: anything up to 2 s, 4 s, 8 s … 5 min. */
export function backoff(attempt: number, random: number): number {
  return random * Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
}

function retryAfterMs(header: string | null | undefined, now: number): number {
  if (!header) return 0;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}
