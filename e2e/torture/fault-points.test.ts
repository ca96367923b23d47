import { pipelineTables } from '@gangway/product/pipeline/tables.ts';
import { expect, test } from 'vitest';
import type { Fate } from './crashing-ports.ts';
import { simulateRound } from './simulate.ts';

/** A life that writes to every table which the path derives, over one partition: what comes out of each death is replayed. */
const live = (fate: Fate) => simulateRound(4, { fate, partitions: 1 });

test('62: a death at every kind of port call, one after the other: nothing acknowledged is lost or counted twice', async () => {
  const calls = new Map<string, number>();
  const calm = await live((call) => {
    calls.set(call, (calls.get(call) ?? 0) + 1);
    return false;
  });
  expect(calm).toEqual({ lost: 0, doubled: 0, failures: [] });
  const derived = pipelineTables.filter(({ kind }) => kind === 'derived').map(({ name }) => name);
  expect(derived.filter((name) => !calls.has(`before put ${name}`) && !calls.has(`before insert ${name}`))).toEqual([]);
  const points = [
    'before append',
    'after append',
    'before commit',
    'after warehouse write',
    'before insert outbox',
    'after ask past-events',
  ];
  for (const point of points) expect([...calls.keys()]).toContain(point);
  const wrong: string[] = [];
  for (const [point, times] of calls) {
    let left = Math.ceil(times / 2);
    const findings = await live((call) => call === point && --left === 0);
    if (left > 0) wrong.push(`${point}: nothing died there`);
    if (findings.lost + findings.doubled + findings.failures.length > 0) wrong.push(`${point}: ${JSON.stringify(findings)}`);
  }
  expect(wrong).toEqual([]);
}, 300_000);
