import { isProblem } from '@gangway/product/kernel/problem.ts';
import { createMemoryDb } from '@gangway/product/ports/db/memory-db.ts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createIngestLimiter, type IngestLimiter } from './ingest-limiter.ts';
import { startServerCount } from './server-count.ts';
import { type Rate, TokenBuckets } from './token-buckets.ts';

const rate: Rate = { perSecond: 20, burst: 100 };
const scope = { workspace: 'w', environment: 'e' };
const limits = { key: rate, inFlightBytes: 1e9 };

/** Seconds to wait, as the answer says; 0 when it passed. */
function offer(limiter: IngestLimiter, events: number, now: number): number {
  try {
    limiter.admit({ scope, key: 'k', events, people: new Map() }, now);
    return 0;
  } catch (error) {
    if (!isProblem(error)) throw error;
    return Number(error.detail.retryAfter);
  }
}

const trace = fc.array(fc.record({ pass: fc.integer({ min: 0, max: 4_000 }), events: fc.integer({ min: 1, max: 30 }) }), {
  minLength: 1,
  maxLength: 80,
});

describe('57: the same trace', () => {
  it('gets the same decisions from the bucket, from the limiter, and from one server of one', () => {
    fc.assert(
      fc.property(trace, (steps) => {
        const [bucket, limiter, alone] = [new TokenBuckets(rate), createIngestLimiter(limits), createIngestLimiter(limits, () => 1)];
        let now = 1e12;
        for (const { pass, events } of steps) {
          now += pass;
          const wait = bucket.wait('k', events, now);
          if (wait === 0) bucket.take('k', events, now);
          const told = offer(limiter, events, now);
          expect(told).toBe(wait === 0 ? 0 : Math.min(300, Math.max(1, Math.ceil(wait / 1000))));
          expect(offer(alone, events, now)).toBe(told);
        }
      }),
    );
  });

  it('over three servers passes about as much as over one: never a burst more, never less than a share of the rate', () => {
    fc.assert(
      fc.property(trace, (steps) => {
        const servers = Array.from({ length: 3 }, () => createIngestLimiter(limits, () => 3));
        let [now, passed, turn] = [1e12, 0, 0];
        for (const { pass, events } of steps) {
          now += pass;
          const server = servers[turn++ % 3];
          if (server && offer(server, events, now) === 0) passed += events;
        }
        const allowed = rate.burst + ((now - 1e12) / 1000) * rate.perSecond;
        // A batch above a server's share passes a full bucket once and leaves a debt.
        expect(passed).toBeLessThanOrEqual(allowed + 3 * 30);
      }),
    );
  });

  it('of a sender that always has more is served at the rate, by one server and by three', () => {
    for (const count of [1, 3]) {
      const servers = Array.from({ length: count }, () => createIngestLimiter(limits, () => count));
      let passed = 0;
      for (let now = 0; now < 100_000; now += 10) {
        const server = servers[(now / 10) % count];
        if (server && offer(server, 1, now) === 0) passed++;
      }
      expect(passed).toBeGreaterThan(0.97 * (rate.burst + 100 * rate.perSecond));
      expect(passed).toBeLessThanOrEqual(rate.burst + 100 * rate.perSecond + count);
    }
  });

  it('a sender that waits as long as it was told passes with its next try', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.constantFrom(1, 2, 5), (events, count) => {
        const limiter = createIngestLimiter(limits, () => count);
        const now = 1e12;
        let told = 0;
        while (told === 0) told = offer(limiter, events, now);
        expect(offer(limiter, events, now + told * 1000)).toBe(0);
      }),
    );
  });
});

it('57: servers count each other; one that stops or falls silent leaves its share to the others', async () => {
  vi.useFakeTimers();
  const clock = { now: () => Date.now() };
  const db = createMemoryDb();
  const start = (id: string) => startServerCount({ db, clock, id, report: (error) => expect.unreachable(String(error)) });
  const [one, two] = [await start('one'), await start('two')];
  await vi.advanceTimersByTimeAsync(6_000);
  expect([one.count(), two.count()]).toEqual([2, 2]);
  await two.stop();
  const three = await start('three');
  await vi.advanceTimersByTimeAsync(6_000);
  expect([one.count(), three.count()]).toEqual([2, 2]);
  await three.stop();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(one.count()).toBe(1);
  // Killed and started again, five times in a second: it is one server.
  let again = one;
  for (let turn = 0; turn < 5; turn++) again = await start('one');
  expect(again.count()).toBe(1);
  await again.stop();
  vi.useRealTimers();
});
