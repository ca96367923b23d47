import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerRule } from './answer-rule.ts';
import { conditionsIn } from './conditions-in.ts';
import { dependencies } from './dependencies.ts';
import { describeRule, describeWhy } from './describe.ts';
import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { featureKey, featuresOf, mergeFeature } from './features.ts';
import { naiveAnswer } from './naive-answer.contract.ts';
import { reduce, reduceForPage } from './reduce.ts';
import {
  calendars,
  circumstances,
  eventConditions,
  factsAbout,
  histories,
  instants,
  moments,
  names,
  rules,
  type Stage,
} from './rule-arbitraries.contract.ts';
import { countHistory } from './rule-cases.contract.ts';

const members = ['traits', 'events', 'features', 'milestones', 'accounts', 'cohorts', 'contents', 'page'] as const;
const shares = fc.array(fc.boolean(), { minLength: members.length, maxLength: members.length });

/** A rule, a subject of whom everything is known, and an instant. */
function situations(stage: Stage, rule = rules(stage)) {
  return fc.record({ rule, history: histories(stage), others: circumstances(stage), now: instants(stage) }).map((each) => ({
    ...each,
    stage,
    facts: factsAbout(each.rule, each.history, each.others),
  }));
}

const tiny = situations(moments);
const dated = fc.oneof(...calendars.map((stage) => situations(stage, rules(stage, fc.oneof(eventConditions(stage), rules(stage))))));
const anywhere = fc.oneof(tiny, dated);

/** Only what is mine of the facts. */
function part(facts: Facts, mine: readonly boolean[]): Facts {
  return Object.fromEntries(members.flatMap((key, index) => (mine[index] && facts[key] ? [[key, facts[key]]] : [])));
}

/** Instants from now on: each one while the stage lasts, or every 50 minutes of five days. */
function later(now: number, { unit }: Stage): number[] {
  const step = unit === 1 ? 1 : 3_000_000;
  return Array.from({ length: unit === 1 ? 60 : 144 }, (_, index) => now + index * step);
}

describe('over the whole grammar', () => {
  it('a rule answers as a plain reading of it does', () => {
    fc.assert(
      fc.property(anywhere, ({ rule, history, others, facts, now }) => {
        expect(answerRule(rule, facts, now).answer).toBe(naiveAnswer(rule, { history, facts: others, now }));
      }),
      { numRuns: 2000 },
    );
  });

  it('the lean answer is the explained one, until the same instant', () => {
    fc.assert(
      fc.property(anywhere, shares, ({ rule, facts, now }, known) => {
        const { why, ...explained } = evaluate(rule, part(facts, known), now);
        const { answer, until } = answerRule(rule, part(facts, known), now);
        expect({ answer, until }).toEqual({ until: undefined, ...explained });
        expect(why.answer).toBe(answer);
      }),
      { numRuns: 2000 },
    );
  });

  it('an answer holds until the instant that it names, and for ever when it names none', () => {
    fc.assert(
      fc.property(anywhere, shares, ({ rule, facts, now, stage }, known) => {
        const some = part(facts, known);
        const { answer, until = Number.POSITIVE_INFINITY } = answerRule(rule, some, now);
        expect(until).toBeGreaterThan(now);
        const before = [...later(now, stage), until - 1].filter((instant) => instant < until && instant >= now && Number.isFinite(instant));
        for (const instant of before) expect([instant, answerRule(rule, some, instant).answer]).toEqual([instant, answer]);
      }),
      { numRuns: 600 },
    );
  });

  it('a remainder means the same: evaluate(reduce(rule, a), b) = evaluate(rule, a + b)', () => {
    fc.assert(
      fc.property(anywhere, shares, shares, ({ rule, facts, now }, known, first) => {
        const all = part(facts, known);
        // Events and features are counted together: who knows of one knows of the other.
        const mine = first.map((share, index) => (members[index] === 'features' ? first[members.indexOf('events')] === true : share));
        const left = reduce(rule, part(all, mine), now);
        const rest = part(
          all,
          mine.map((share) => !share),
        );
        expect(answerRule(left.rule, rest, now).answer).toBe(answerRule(rule, all, now).answer);
      }),
      { numRuns: 2000 },
    );
  });

  it('a remainder for the page stays right until the instant that it names, and tells nothing else', () => {
    fc.assert(
      fc.property(anywhere, ({ rule, facts, now, stage }) => {
        const { page, ...known } = facts;
        const left = reduceForPage(rule, known, now);
        expect([...dependencies(left.rule)].filter((key) => key !== 'page' && key !== 'trait:')).toEqual([]);
        const until = left.until ?? Number.POSITIVE_INFINITY;
        for (const instant of later(now, stage).filter((each) => each < until)) {
          expect([instant, answerRule(left.rule, page ? { page } : {}, now).answer]).toEqual([
            instant,
            answerRule(rule, facts, instant).answer,
          ]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('what its dependencies do not name cannot change an answer', () => {
    fc.assert(
      fc.property(anywhere, fc.nat(), ({ rule, history, others, now, stage }, seed) => {
        const other = fc.sample(fc.record({ history: histories(stage), others: circumstances(stage) }), { numRuns: 1, seed })[0];
        const keys = dependencies(rule);
        const mixed = (other?.history ?? []).filter((event) => !keys.has(`event:${event.name}`));
        const kept = history.filter((event) => keys.has(`event:${event.name}`));
        const facts = factsAbout(rule, [...kept, ...mixed], blend(others, other?.others ?? {}, keys));
        expect(answerRule(rule, facts, now).answer).toBe(answerRule(rule, factsAbout(rule, history, others), now).answer);
      }),
      { numRuns: 1000 },
    );
  });

  it('every condition can be said in words', () => {
    fc.assert(
      fc.property(anywhere, shares, ({ rule, facts, now }, known) => {
        const lines = describeWhy(evaluate(rule, part(facts, known), now).why, { milestone: (id) => id });
        for (const { text, found } of lines) expect(`${text} ${found}`).not.toMatch(/undefined|NaN|\[object/);
        for (const condition of conditionsIn(rule)) expect(describeRule(condition, { milestone: (id) => id })).not.toBe('');
      }),
    );
  });
});

describe('what is counted for a rule', () => {
  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(anywhere, fc.nat(), ({ rule, history }, seed) => {
        const shuffled = fc.sample(fc.shuffledSubarray(history, { minLength: history.length }), { numRuns: 1, seed })[0] ?? [];
        expect(countHistory(rule, shuffled)).toEqual(countHistory(rule, history));
      }),
    );
  });

  it('of two people adds up to what is counted of one who did it all', () => {
    fc.assert(
      fc.property(anywhere, fc.nat(7), ({ rule, history }, cut) => {
        const [one, other, both] = [history.slice(0, cut), history.slice(cut), history].map(
          (events) => countHistory(rule, events).features,
        );
        for (const feature of featuresOf(rule)) {
          const key = featureKey(feature);
          const [mine, theirs] = [one?.[key], other?.[key]];
          expect(mine && theirs ? mergeFeature(mine, theirs) : (mine ?? theirs)).toEqual(both?.[key]);
        }
      }),
    );
  });
});

/** `known` where the keys look, `other` everywhere else. */
function blend(known: Facts, other: Facts, keys: ReadonlySet<string>): Facts {
  type Values = Readonly<Record<string, never>>;
  const mix = (own: Values = {}, others: Values = {}, prefix: string) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = (keys.has(`${prefix}:${name}`) ? own : others)[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
  const records = (['trait', 'milestone', 'cohort', 'content'] as const).map((prefix) => {
    const member = `${prefix}s` as 'traits';
    return [member, mix(known[member] as Values, other[member] as Values, prefix)];
  });
  const accounts = (known.accounts ?? []).map((account) => ({
    traits: mix(account.traits as Values, {}, 'account'),
    membership: mix(account.membership as Values, {}, 'membership'),
  }));
  return {
    ...Object.fromEntries(records),
    accounts,
    ...((keys.has('page') ? known.page : other.page) ? { page: keys.has('page') ? known.page : other.page } : {}),
  };
}
