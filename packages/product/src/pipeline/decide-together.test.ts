import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../kernel/json.ts';
import { defineSlice } from '../kernel/slice.ts';
import { featureKey, featuresOf } from '../rules/features.ts';
import type { Rule } from '../rules/rule.ts';
import { calendars, circumstances, histories, instants, moments, rules, type Stage } from '../rules/rule-arbitraries.contract.ts';
import { countHistory } from '../rules/rule-cases.contract.ts';
import { decideManifest } from './decide.ts';
import { decidePlainly } from './decide-plainly.contract.ts';
import { EventCounts } from './event-counts.ts';
import { Instants } from './instants.ts';
import { buildRegistry } from './registry.ts';
import { emptyPersonDoc, type PersonDoc } from './subject-doc.ts';

interface Body {
  readonly rule: Rule;
  readonly holdout: number;
  readonly text: string;
}

const cards = defineSlice<Body, { readonly closed: boolean; readonly step?: number }>({
  name: 'cards',
  surfaces: [
    {
      slice: 'cards',
      kind: 'card',
      audience: ({ rule }) => rule,
      content: ({ text }) => text,
      view: (state, facts, { text }) =>
        text === 'a' ? { ...state } : text === 'b"' ? null : [text, state ?? {}, facts.milestones as Json],
      blockedBy: (state) => (state?.closed ? 'This person has closed it.' : undefined),
      holdout: ({ holdout }) => holdout,
      liveEvents: ({ text }) => [text],
    },
  ],
});

const state = fc.option(fc.record({ closed: fc.boolean(), step: fc.nat(3) }, { requiredKeys: ['closed'] }), { nil: undefined });
/** Texts that JSON has to write with care. */
const text = fc.constantFrom('a', 'b"', 'ü\n', '\u2028', '</script>');

/** Contents of which many share an audience, and one person: with states, with a past that may not be counted yet, or unknown. */
function situations(stage: Stage) {
  return fc.record({
    audiences: fc.array(rules(stage), { minLength: 1, maxLength: 4 }),
    contents: fc.array(fc.record({ audience: fc.nat(3), holdout: fc.constantFrom(0, 0, 0.5, 50, 100), text, state }), { maxLength: 9 }),
    history: histories(stage),
    others: circumstances(stage),
    forgotten: fc.nat(9),
    subject: fc.option(fc.constantFrom('p_1', 'p_2', 'p_ü'), { nil: undefined }),
    known: fc.integer({ min: 0, max: 5 }),
    now: instants(stage),
  });
}
type Situation = typeof situations extends (stage: Stage) => fc.Arbitrary<infer One> ? One : never;

function docOf({ audiences, contents, history, others, forgotten }: Situation): PersonDoc {
  const all: Rule = { type: 'all', of: audiences };
  const { events = {}, features = {} } = countHistory(all, history);
  const counted = featuresOf(all).filter((_, index) => index !== forgotten);
  const accounts = others.accounts ?? [];
  const timed = (pick: 'traits' | 'membership') =>
    Object.fromEntries(accounts.map((account, index) => [`a${index}`, { traits: account[pick], traitTimes: {} }]));
  return {
    ...emptyPersonDoc,
    ...{ events: EventCounts.of(events), features, traits: others.traits ?? {}, milestones: Instants.of(others.milestones ?? {}) },
    ...{ cohorts: others.cohorts ?? {}, contents: others.contents ?? {}, accounts: accounts.map((_, index) => `a${index}`) },
    ...{ accountTraits: timed('traits'), memberships: timed('membership') },
    covered: Object.fromEntries(counted.map((feature) => [featureKey(feature), events[feature.name]?.count ?? 0])),
    states: Object.fromEntries(contents.flatMap((each, index) => (each.state ? [[`cards/${index}`, each.state as Json]] : []))),
  };
}

function registryOf({ audiences, contents }: Situation) {
  const definitions = contents.map(({ audience, holdout, text: words }, index) => {
    const body: Body = { rule: audiences[audience % audiences.length] as Rule, holdout, text: words };
    // As from the store: equal audiences are never one object.
    return { slice: 'cards', id: String(index), version: index + 1, body: JSON.parse(JSON.stringify(body)) as Json };
  });
  return buildRegistry(definitions, [cards]);
}

it('the decision of many contents together is that of each for itself, to the letter', () => {
  const anywhere = fc.oneof(situations(moments), ...calendars.map(situations));
  fc.assert(
    fc.property(anywhere, (situation) => {
      const { subject, known, now } = situation;
      const frame = { scope: { workspace: 'w', environment: 'e"' }, person: 'key', bundle: 'hash', now, ...(subject ? { subject } : {}) };
      const registry = registryOf(situation);
      const doc = known === 0 ? undefined : docOf(situation);
      const { manifest, verdicts } = decidePlainly(registry, doc ?? emptyPersonDoc, frame);
      expect(decideManifest(registry, doc, frame)).toEqual({ text: JSON.stringify(manifest), verdicts });
    }),
    { numRuns: 1_000 },
  );
});
