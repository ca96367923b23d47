import { defineSlice } from '@gangway/product/kernel/slice.ts';
import type { DecisionVerdict } from '@gangway/product/pipeline/holdout.ts';
import { buildRegistry } from '@gangway/product/pipeline/registry.ts';
import { emptyPersonDoc } from '@gangway/product/pipeline/subject-doc.ts';
import type { PersonRow } from '@gangway/product/pipeline/tables.ts';
import { createMemoryDb } from '@gangway/product/ports/db/memory-db.ts';
import { createMemorySignal } from '@gangway/product/ports/signal/memory-signal.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { expect, it } from 'vitest';
import { createDecisionRecorder } from './decision-recorder.ts';
import { decisions } from './tables.ts';

const banners = defineSlice<{ readonly rule: Rule }, { readonly closed: boolean }>({
  name: 'banners',
  surfaces: [
    {
      slice: 'banners',
      kind: 'banner',
      audience: ({ rule }) => rule,
      content: () => null,
      view: () => null,
      blockedBy: () => undefined,
      liveEvents: () => [],
    },
  ],
});
const scope = { workspace: 'w', environment: 'e' };
const pro: Rule = { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' };
const contents = 600;
const registry = buildRegistry(
  Array.from({ length: contents }, (_, index) => ({ slice: 'banners', id: `b${index}`, version: 1, body: { rule: pro } as never })),
  [banners],
);
const personOf = (id: string, plan: string): PersonRow => ({
  ...{ ...scope, id, number: 1, userId: id, anonymousId: null, name: null, email: null, level: 'claimed', firstSeen: 0, lastSeen: 0 },
  ...{ claimedAt: null, verifiedAt: null, mergedInto: null, doc: { ...emptyPersonDoc, traits: { plan } } },
});
const verdictsOf = (verdict: DecisionVerdict, changed: Record<number, DecisionVerdict> = {}) =>
  Array.from({ length: contents }, (_, index) => changed[index] ?? verdict);

function setUp() {
  const db = createMemoryDb();
  const reported: unknown[] = [];
  let refused = 0;
  const failing: typeof db = {
    ...db,
    transaction: (access, work) => {
      if (refused === 0) return db.transaction(access, work);
      refused--;
      return Promise.reject(new Error('away'));
    },
  };
  const recorder = createDecisionRecorder({
    db: failing,
    signal: createMemorySignal(),
    clock: { now: () => 0 },
    report: (error) => reported.push(error),
  });
  const kept = () => db.transaction({ as: 'system' }, (tx) => tx.list(decisions, { orderBy: ['definition'] }));
  const refuse = (times: number) => {
    refused = times;
  };
  return { recorder, kept, reported, refuse };
}

it('writes all that was noted, with the conditions that decided, and later only what differs', async () => {
  const { recorder, kept } = setUp();
  const row = personOf('p_1', 'free');
  recorder.note(scope, { registry, row, verdicts: verdictsOf('not_in_audience'), now: 10 });
  await recorder.flush();
  const first = await kept();
  expect(first).toHaveLength(contents);
  const change = {
    at: 10,
    version: 1,
    verdict: 'not_in_audience',
    reasons: [expect.objectContaining({ found: expect.stringContaining('free') })],
  };
  for (const one of first) expect(one).toMatchObject({ person: 'p_1', verdict: 'not_in_audience', version: 1, at: 10, history: [change] });
  recorder.note(scope, { registry, row, verdicts: verdictsOf('not_in_audience'), now: 20 });
  recorder.note(scope, { registry, row: personOf('p_1', 'pro'), verdicts: verdictsOf('not_in_audience', { 7: 'shown' }), now: 30 });
  await recorder.flush();
  const changed = (await kept()).filter(({ at }) => at !== 10);
  expect(changed).toMatchObject([{ definition: 'b7', verdict: 'shown', at: 30, history: [{ at: 30, reasons: [] }, { at: 10 }] }]);
  await recorder.close();
});

it('notes again at the next manifest what could not be written', async () => {
  const { recorder, kept, reported, refuse } = setUp();
  const noted = { registry, row: personOf('p_1', 'free'), verdicts: verdictsOf('not_in_audience') };
  refuse(1);
  recorder.note(scope, { ...noted, now: 10 });
  await recorder.flush();
  expect(reported).toHaveLength(1);
  const some = (await kept()).length;
  expect(some).toBeLessThan(contents);
  recorder.note(scope, { ...noted, now: 20 });
  await recorder.flush();
  const all = await kept();
  expect(all).toHaveLength(contents);
  expect(all.filter(({ at }) => at === 10)).toHaveLength(some);
  await recorder.close();
});
