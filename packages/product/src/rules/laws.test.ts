import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependencies } from './dependencies.ts';
import { evaluate } from './evaluate.ts';
import type { EventFact, Facts } from './facts.ts';
import { reduce } from './reduce.ts';
import { countOperators, type EventCondition, type Rule, traitOperators } from './rule.ts';

/** A world so small that everything in it meets: few names, times from 0 to 30, windows up to 12. */
const names = ['a', 'b'] as const;
const paths = ['/', '/x', '/x/y', '/x/y/z'] as const;
const lastInstant = 60;

const scalar = fc.oneof(fc.constantFrom('', 'p', 'pq'), fc.integer({ min: -1, max: 2 }), fc.boolean());
const traitRule = fc.record({
  type: fc.constant('trait' as const),
  name: fc.constantFrom(...names),
  operator: fc.constantFrom(...traitOperators),
  value: scalar,
});
const eventRule: fc.Arbitrary<EventCondition> = fc.record(
  {
    type: fc.constant('event' as const),
    name: fc.constantFrom(...names),
    operator: fc.constantFrom(...countOperators),
    times: fc.integer({ min: 0, max: 3 }),
    within: fc.integer({ min: 1, max: 12 }),
  },
  { requiredKeys: ['type', 'name', 'operator', 'times'] },
);
const milestoneRule = fc.record({ type: fc.constant('milestone' as const), id: fc.constantFrom(...names) });
const pageRule = fc.record({ type: fc.constant('page' as const), path: fc.constantFrom('/', '/x', '/x/*', '/x/**', '/**/z') });

const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    traitRule,
    eventRule,
    milestoneRule,
    pageRule,
    fc.record({ type: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ type: fc.constant('not' as const), rule: tie('rule') }),
  ),
}));

const eventFact = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 }).map(toFact);
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    traits: fc.dictionary(fc.constantFrom(...names), fc.oneof(scalar, fc.constant(null)), { noNullPrototype: true }),
    events: fc.dictionary(fc.constantFrom(...names), eventFact, { noNullPrototype: true }),
    milestones: fc.dictionary(fc.constantFrom(...names), fc.nat(30), { noNullPrototype: true }),
    page: fc.record({ path: fc.constantFrom(...paths) }),
  },
  { requiredKeys: [] },
);
const now = fc.integer({ min: 0, max: 40 });

function toFact(times: readonly number[]): EventFact {
  const recent = [...times].sort((a, b) => a - b);
  return { count: recent.length, first: recent[0] ?? 0, last: recent.at(-1) ?? 0, recent };
}

function instants(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

describe('evaluate', () => {
  it('holds until the instant that it names, and for ever when it names none', () => {
    fc.assert(
      fc.property(rule, facts, now, (each, known, at) => {
        const { answer, until } = evaluate(each, known, at);
        if (until !== undefined) expect(until).toBeGreaterThan(at);
        for (const later of instants(at, Math.min(until ?? lastInstant, lastInstant)))
          expect(evaluate(each, known, later).answer).toBe(answer);
      }),
      { numRuns: 1500 },
    );
  });

  it('names the very instant at which a condition on events changes', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(eventRule, distinct, now, (each, times, at) => {
        const known: Facts = { events: { a: toFact(times), b: toFact(times) } };
        const { answer, until } = evaluate(each, known, at);
        const change = instants(at, lastInstant).find((later) => evaluate(each, known, later).answer !== answer);
        expect(until).toBe(change);
      }),
      { numRuns: 1500 },
    );
  });

  it('from one named instant to the next finds every change there is', () => {
    fc.assert(
      fc.property(rule, facts, now, (each, known, at) => {
        let looked = evaluate(each, known, at);
        for (const later of instants(at, lastInstant)) {
          if (looked.until !== undefined && later >= looked.until) looked = evaluate(each, known, later);
          expect(looked.answer).toBe(evaluate(each, known, later).answer);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('explains with the same tree: each part has its own answer, and the root the answer', () => {
    fc.assert(
      fc.property(rule, facts, now, (each, known, at) => {
        const { answer, why } = evaluate(each, known, at);
        expect(why.answer).toBe(answer);
        const parts = each.type === 'all' || each.type === 'any' ? each.of : each.type === 'not' ? [each.rule] : [];
        expect((why.parts ?? []).map((part) => part.answer)).toEqual(parts.map((part) => evaluate(part, known, at).answer));
      }),
    );
  });
});

describe('reduce', () => {
  it('keeps what it means: evaluate(reduce(rule, a), b) = evaluate(rule, a + b)', () => {
    const share = fc.record({ traits: fc.boolean(), events: fc.boolean(), milestones: fc.boolean(), page: fc.boolean() });
    fc.assert(
      fc.property(rule, facts, share, now, (each, known, first, at) => {
        const pick = (mine: boolean) =>
          Object.fromEntries(Object.entries(known).filter(([key]) => first[key as keyof typeof first] === mine)) as Facts;
        const left = reduce(each, pick(true), at);
        expect(evaluate(left.rule, pick(false), at).answer).toBe(evaluate(each, known, at).answer);
      }),
      { numRuns: 2000 },
    );
  });

  const windowed = eventRule.map((each): Rule => ({ ...each, within: each.within ?? 7 }));
  const kind = fc.constantFrom('all' as const, 'any' as const);
  /** Two windows beside a page: what is left over rests on both of them. */
  const watched: fc.Arbitrary<Rule> = fc.record({ type: kind, of: fc.tuple(windowed, windowed, pageRule) });
  const counted = fc.record({ a: eventFact, b: eventFact }).map((events): Facts => ({ events }));

  it.each<[string, fc.Arbitrary<Rule>, fc.Arbitrary<Facts>]>([
    ['any rule', rule, facts],
    ['two windows beside a page', watched, counted],
  ])('leaves a remainder that stays right until the instant that it names: %s', (_name, rules, world) => {
    fc.assert(
      fc.property(rules, world, now, fc.constantFrom(...paths), (each, { page: _, ...known }, at, path) => {
        const left = reduce(each, known, at);
        for (const later of instants(at, Math.min(left.until ?? lastInstant, lastInstant))) {
          expect(evaluate(left.rule, { page: { path } }, later).answer).toBe(evaluate(each, { ...known, page: { path } }, later).answer);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('lets no trait, no event and no milestone leave the server', () => {
    const whole: fc.Arbitrary<Facts> = facts.map(
      (known) => ({ traits: {}, events: {}, milestones: {}, ...known, page: undefined }) as never,
    );
    fc.assert(
      fc.property(rule, whole, now, (each, { page: _, ...known }, at) => {
        const left = reduce(each, known, at).rule;
        expect([...dependencies(left)].filter((key) => key !== 'page' && key !== 'trait:')).toEqual([]);
      }),
    );
  });
});

describe('dependencies', () => {
  it('name everything that can change the answer', () => {
    fc.assert(
      fc.property(rule, facts, facts, now, (each, known, other, at) => {
        const keys = dependencies(each);
        expect(evaluate(each, blend(known, other, keys), at).answer).toBe(evaluate(each, known, at).answer);
      }),
      { numRuns: 1000 },
    );
  });
});

/** `known` where the keys look, `other` everywhere else. */
function blend(known: Facts, other: Facts, keys: ReadonlySet<string>): Facts {
  const mix = (kind: 'traits' | 'events' | 'milestones', prefix: string) => {
    const own = known[kind];
    if (!own) return {};
    const entries = names.flatMap((name) => {
      const value = keys.has(`${prefix}:${name}`) ? own[name] : other[kind]?.[name];
      return value === undefined ? [] : [[name, value]];
    });
    return { [kind]: Object.fromEntries(entries) };
  };
  const page = keys.has('page') ? known.page : other.page;
  return { ...mix('traits', 'trait'), ...mix('events', 'event'), ...mix('milestones', 'milestone'), ...(page ? { page } : {}) };
}
