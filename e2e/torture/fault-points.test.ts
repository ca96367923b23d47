import { expect, test } from 'vitest';
import { simulateRound } from './simulate.ts';

const seed = 4;

test('62: a death at every kind of port call, one after the other: nothing acknowledged is lost or counted twice', async () => {
  const calls = new Map<string, number>();
  const calm = await simulateRound(seed, (call) => {
    calls.set(call, (calls.get(call) ?? 0) + 1);
    return false;
  });
  expect(calm).toEqual({ lost: 0, doubled: 0, failures: [] });
  // Every stage and every table of the way is among them.
  for (const point of [
    'before append',
    'after append',
    'before commit',
    'after warehouse write',
    'before put log_readers',
    'before insert outbox',
  ])
    expect([...calls.keys()]).toContain(point);
  const wrong: string[] = [];
  for (const [point, times] of calls) {
    let left = Math.ceil(times / 2);
    const findings = await simulateRound(seed, (call) => call === point && --left === 0);
    if (findings.lost + findings.doubled + findings.failures.length > 0) wrong.push(`${point}: ${JSON.stringify(findings)}`);
  }
  expect(wrong).toEqual([]);
}, 300_000);
