import { describe, expect, test } from 'vitest';
import { type Body, backoff, batchBody, bodiesOf, bodyLimit, judge } from './delivery.ts';

const bytes = (text: string) => Buffer.byteLength(text);
const now = Date.parse('2026-11-21T12:00:00Z');

/** The longest that a server reads. */
const token = 't'.repeat(4096);
const nobody = () => undefined;
const sizeOf = ({ events }: Body) => bytes(batchBody({ writeKey: 'wk_1', token }, events, now));

describe('bodies', () => {
  test('57: 200 events of 1 KB leave in bodies of at most 48 KiB, none lost, in order', () => {
    const events = Array.from({ length: 200 }, (_, index) => ({
      key: String(index),
      text: JSON.stringify({ index, filler: 'x'.repeat(1000) }),
    }));
    const bodies = bodiesOf(events, nobody, bytes);
    for (const body of bodies) expect(sizeOf(body)).toBeLessThanOrEqual(bodyLimit);
    expect(bodies.flatMap((body) => body.events)).toEqual(events);
    expect(bodies.length).toBe(5);
  });

  test('counts bytes, not characters', () => {
    const events = Array.from({ length: 10 }, (_, index) => ({ key: String(index), text: JSON.stringify('€'.repeat(5000)) }));
    for (const body of bodiesOf(events, nobody, bytes)) expect(sizeOf(body)).toBeLessThanOrEqual(bodyLimit);
  });

  test('a body names one user at most; who names nobody goes along', () => {
    const users = ['', 'ada', '', 'ada', 'bob', '', 'ada'];
    const events = users.map((_, index) => ({ key: String(index), text: '{}' }));
    const bodies = bodiesOf(events, ({ key }) => users[Number(key)] || undefined, bytes);
    expect(bodies.map(({ userId, events: own }) => [userId, own.map(({ key }) => key).join('')])).toEqual([
      ['ada', '0123'],
      ['bob', '45'],
      ['ada', '6'],
    ]);
  });

  test('a body is JSON with the time of sending', () => {
    expect(JSON.parse(batchBody({ writeKey: 'wk"1', token: undefined }, [{ key: 'a', text: '{"a":1}' }], now))).toEqual({
      writeKey: 'wk"1',
      batch: [{ a: 1 }],
      sentAt: '2026-11-21T12:00:00.000Z',
    });
  });
});

describe('judge', () => {
  const answer = (status: number, retryAfter?: string) => judge({ status, retryAfter: retryAfter ?? null }, 0, 0.5, now);

  test('delivered, lost, kept for later, kept for another page', () => {
    expect(answer(200)).toEqual({ events: 'delivered' });
    for (const status of [400, 413, 422]) expect(answer(status)).toEqual({ events: 'lost' });
    for (const status of [0, 408, 429, 500, 503]) expect(answer(status)).toEqual({ events: 'kept', waitMs: 1000 });
    for (const status of [401, 403, 404]) expect(answer(status)).toEqual({ events: 'kept' });
  });

  test('55: Retry-After is honoured, as seconds and as a date', () => {
    expect(answer(429, '20')).toEqual({ events: 'kept', waitMs: 20_000 });
    expect(answer(503, 'Sat, 21 Nov 2026 12:00:30 GMT')).toEqual({ events: 'kept', waitMs: 30_000 });
    expect(answer(503, 'soon')).toEqual({ events: 'kept', waitMs: 1000 });
  });

  test('55: the wait doubles with full jitter and ends at 5 minutes', () => {
    expect([0, 1, 2, 3].map((attempt) => backoff(attempt, 1))).toEqual([2000, 4000, 8000, 16_000]);
    expect(backoff(40, 1)).toBe(300_000);
    expect(backoff(3, 0)).toBe(0);
  });
});
