import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctTime } from './skew.ts';

const receivedAt = Date.UTC(2026, 0, 5, 12);
const minute = 60_000;
const iso = (offset: number) => new Date(receivedAt + offset).toISOString();
const correct = (original: string | number | undefined, sentAt?: string | number) => correctTime({ original, sentAt, receivedAt });

describe('the time of an event', () => {
  it('is when it came, for an event without one, or with one that nobody can read', () => {
    for (const odd of [undefined, 'yesterday', '', '2026-13-45', Number.NaN, Number.POSITIVE_INFINITY])
      expect(correct(odd)).toEqual({ time: receivedAt });
  });

  it('72: is what the sender says, when the sender does not say when it was sent', () => {
    expect(correct(iso(-3 * minute))).toEqual({ time: receivedAt - 3 * minute });
    expect(correct(receivedAt - 5)).toEqual({ time: receivedAt - 5 });
    expect(correct('2026-01-05T12:00:00+02:00')).toEqual({ time: receivedAt - 120 * minute });
  });

  it('72: is corrected for a clock that is wrong: how long ago counts, not what the clock showed', () => {
    for (const wrong of [0, -365 * 1440 * minute, 365 * 1440 * minute, 17]) {
      expect(correct(iso(wrong - 2 * minute), iso(wrong))).toEqual({ time: receivedAt - 2 * minute });
    }
  });

  it('is when it came, for one that was sent before it happened: the clock moved in between', () => {
    expect(correct(iso(0), iso(-10 * minute))).toEqual({ time: receivedAt, claimedTime: receivedAt });
    expect(correct(iso(0), iso(-4_000))).toEqual({ time: receivedAt });
  });

  it('72: is brought back when it lies in the future, and what was claimed is kept', () => {
    expect(correct(iso(4 * minute))).toEqual({ time: receivedAt + 4 * minute });
    expect(correct(iso(6 * minute))).toEqual({ time: receivedAt, claimedTime: receivedAt + 6 * minute });
  });

  it('may be of any age', () => {
    expect(correct('1999-12-31T23:59:59Z').time).toBe(Date.UTC(1999, 11, 31, 23, 59, 59));
    expect(correct('0001-01-01T00:00:00Z').time).toBe(0);
  });

  it('72: is a whole number, never before 1970 nor more than five minutes ahead, whatever comes', () => {
    const any = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.string(),
    );
    fc.assert(
      fc.property(any, fc.option(any, { nil: undefined }), (original, sentAt) => {
        const { time } = correct(original, sentAt);
        expect(Number.isSafeInteger(time) && time >= 0 && time <= receivedAt + 5 * minute).toBe(true);
      }),
    );
  });
});
