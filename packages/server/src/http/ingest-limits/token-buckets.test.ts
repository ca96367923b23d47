import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rate, TokenBuckets } from './token-buckets.ts';

const rate: Rate = { perSecond: 10, burst: 50 };

/** Offers `cost` and takes it when it passes. */
function offer(buckets: TokenBuckets, input: { name?: string; cost: number; now: number }): boolean {
  const { name = 'a', cost, now } = input;
  if (buckets.wait(name, cost, now) > 0) return false;
  buckets.take(name, cost, now);
  return true;
}

describe('a bucket', () => {
  it('lets a burst through, then the rate, and says how long to wait', () => {
    const buckets = new TokenBuckets(rate);
    expect(offer(buckets, { cost: 50, now: 0 })).toBe(true);
    expect(buckets.wait('a', 1, 0)).toBe(100);
    expect(buckets.wait('a', 1, 60)).toBe(40);
    expect(offer(buckets, { cost: 1, now: 100 })).toBe(true);
    expect(offer(buckets, { cost: 1, now: 100 })).toBe(false);
  });

  it('is not another’s', () => {
    const buckets = new TokenBuckets(rate);
    offer(buckets, { name: 'noisy', cost: 50, now: 0 });
    expect(offer(buckets, { name: 'noisy', cost: 1, now: 0 })).toBe(false);
    expect(offer(buckets, { name: 'quiet', cost: 50, now: 0 })).toBe(true);
  });

  it('lets more than a burst through when it is full, and is in debt afterwards', () => {
    const buckets = new TokenBuckets(rate);
    expect(offer(buckets, { cost: 100, now: 0 })).toBe(true);
    expect(buckets.wait('a', 1, 0)).toBe(5_100);
  });

  it('forgets the name that was quiet longest, when there are too many', () => {
    const buckets = new TokenBuckets(rate, () => 1, 2);
    for (const name of ['a', 'b', 'a', 'c']) buckets.take(name, 25, 0);
    expect(buckets.wait('a', 1, 0)).toBe(100);
    expect(buckets.wait('b', 50, 0)).toBe(0);
  });
});

it('forgets full buckets without anybody noticing: each of many names is served as if it were alone', () => {
  const step = fc.record({
    name: fc.integer({ min: 0, max: 40 }),
    pass: fc.integer({ min: 0, max: 200 }),
    cost: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2_500, maxLength: 4_000 }), (steps) => {
      const together = new TokenBuckets(rate);
      const alone = new Map<string, TokenBuckets>();
      let now = 1e12;
      for (const { name, pass, cost } of steps) {
        now += pass;
        const own = alone.get(`${name}`) ?? new TokenBuckets(rate);
        alone.set(`${name}`, own);
        expect(offer(together, { name: `${name}`, cost, now })).toBe(offer(own, { name: '', cost, now }));
      }
    }),
    { numRuns: 10 },
  );
});

describe('58: over any sequence of offers and clock jumps', () => {
  const step = fc.record({
    /** Real milliseconds that pass. */
    pass: fc.integer({ min: 0, max: 3_000 }),
    /** How far somebody sets the clock, milliseconds. */
    jump: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -3_600_000, max: 3_600_000 }) }),
    cost: fc.integer({ min: 1, max: 50 }),
  });

  it('never lets through more than the rate, a burst, and one burst for each jump', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const buckets = new TokenBuckets(rate);
        let [now, real, passed, jumps] = [1e12, 0, 0, 0];
        for (const { pass, jump, cost } of steps) {
          real += pass;
          now += pass + jump;
          if (jump !== 0) jumps++;
          if (offer(buckets, { cost, now })) passed += cost;
          expect(passed).toBeLessThanOrEqual(rate.burst * (1 + jumps) + (real / 1000) * rate.perSecond + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('locks nobody out: after the wait that it names, counted from the last jump, the offer passes', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 100 }), fc.integer({ min: 1, max: 50 }), (steps, cost) => {
        const buckets = new TokenBuckets(rate);
        let now = 1e12;
        for (const each of steps) {
          now += each.pass + each.jump;
          offer(buckets, { cost: each.cost, now });
        }
        const wait = buckets.wait('a', cost, now);
        expect(wait).toBeLessThanOrEqual((rate.burst / rate.perSecond) * 1000);
        expect(offer(buckets, { cost, now: now + wait })).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('57: gives the same decisions for the same trace', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const decide = () => {
          const buckets = new TokenBuckets(rate);
          let now = 1e12;
          return steps.map(({ pass, jump, cost }) => {
            now += pass + jump;
            return offer(buckets, { cost, now });
          });
        };
        expect(decide()).toEqual(decide());
      }),
    );
  });
});
