import type { Json } from '../kernel/json.ts';

const futureTolerance = 5 * 60_000;
const backwardsTolerance = 5_000;

/** The corrected time of an event, epoch milliseconds; `claimedTime` is what the sender said when that lay too far in the future. */
export interface CorrectedTime {
  readonly time: number;
  readonly claimedTime?: number;
}

/**
 * Corrects the sender's clock: `receivedAt - (sentAt - original)`, as in the Segment specification. Without
 * `sentAt` the original is trusted; without an original the event happened when it came. A send that lies before
 * the event means the clock moved in between: then it happened when it came. More than five minutes ahead is
 * brought back to `receivedAt`; any age is fine.
 */
export function correctTime(input: { original: Json | undefined; sentAt: Json | undefined; receivedAt: number }): CorrectedTime {
  const { receivedAt } = input;
  const original = instant(input.original);
  const sentAt = instant(input.sentAt);
  if (original === undefined) return { time: receivedAt };
  if (sentAt !== undefined && sentAt - original < -backwardsTolerance) return { time: receivedAt, claimedTime: original };
  const time = sentAt === undefined ? original : receivedAt - Math.max(0, sentAt - original);
  if (time > receivedAt + futureTolerance) return { time: receivedAt, claimedTime: time };
  return { time: Math.max(0, time) };
}

/** ISO text or epoch milliseconds; undefined for what is neither. */
export function instant(value: Json | undefined): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value);
  if (typeof value !== 'string') return undefined;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}
