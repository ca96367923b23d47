import fc from 'fast-check';
import type { Json } from '../kernel/json.ts';
import type { Facts } from './facts.ts';
import {
  type Condition,
  contentStates,
  countOperators,
  dateOperators,
  type PropertyCondition,
  queryOperators,
  type Rule,
  textOperators,
  valueOperators,
} from './rule.ts';
import { countHistory, type HistoryEvent } from './rule-cases.contract.ts';

/** Where and when generated rules and histories play: instants are `base + unit * k` for k from 0 to `span`. */
export interface Stage {
  /** Epoch milliseconds. */
  readonly base: number;
  readonly unit: number;
  readonly span: number;
  readonly zones: readonly string[];
}

/** Milliseconds: every instant can be tried. */
export const moments: Stage = { base: 0, unit: 1, span: 30, zones: ['UTC'] };
const quarter = 900_000;
/** Days around changes of clocks, and around a day that was left out. */
export const calendars: readonly Stage[] = [
  { base: Date.UTC(2026, 2, 26), unit: quarter, span: 600, zones: ['Europe/Berlin', 'Asia/Kathmandu', 'America/New_York'] },
  { base: Date.UTC(2026, 9, 22), unit: quarter, span: 600, zones: ['Europe/Berlin', 'UTC', 'Pacific/Chatham'] },
  { base: Date.UTC(2011, 11, 27), unit: quarter, span: 600, zones: ['Pacific/Apia'] },
  { base: Date.UTC(2010, 10, 4, 0, 15), unit: quarter, span: 600, zones: ['America/St_Johns'] },
];

/** Few names, so that everything meets. */
export const names = ['a', 'b'] as const;
const name = fc.constantFrom(...names);
const scalar = fc.oneof(fc.constantFrom('', 'p', 'pq', 'qp'), fc.integer({ min: -1, max: 2 }), fc.constantFrom(0.5, 1.25), fc.boolean());
const pattern = fc.constantFrom('p', '^p', 'q$', '^.$', '(?i)P', '^$', '(p|q)+');
const json: fc.Arbitrary<Json> = fc.oneof({ weight: 8, arbitrary: scalar }, fc.constantFrom<Json>(null, ['p'], { p: 1 }));

const comparison: fc.Arbitrary<Omit<PropertyCondition, 'property'>> = fc
  .constantFrom(...valueOperators)
  .chain((operator): fc.Arbitrary<Omit<PropertyCondition, 'property'>> => {
    if (operator === 'exists' || operator === 'missing') return fc.constant({ operator });
    if (operator === 'matches') return pattern.map((value) => ({ operator, value }));
    if (operator !== 'is_one_of' && operator !== 'is_none_of') return scalar.map((value) => ({ operator, value }));
    const kinds = fc.oneof(
      fc.array(fc.constantFrom('', 'p', 'pq'), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 1, maxLength: 3 }),
    );
    return kinds.map((values) => ({ operator, values }));
  });
const propertyCondition = fc.record({ property: name, with: comparison }).map(({ property, with: rest }) => ({ property, ...rest }));
const occurrence = fc.oneof(
  { weight: 2, arbitrary: name.map((each) => ({ name: each })) },
  fc.record({ name, where: fc.array(propertyCondition, { minLength: 1, maxLength: 2 }) }),
);

function instantText({ base, unit, span }: Stage): fc.Arbitrary<string> {
  const instants = fc.integer({ min: -span, max: 2 * span }).map((k) => new Date(base + unit * k).toISOString());
  return fc.oneof(
    instants,
    instants.map((text) => text.slice(0, 10)),
  );
}

function dateQuestion(stage: Stage): fc.Arbitrary<{ operator: (typeof dateOperators)[number]; value: string | number; zone: string }> {
  const zone = fc.constantFrom(...stage.zones);
  return fc.constantFrom(...dateOperators).chain((operator) => {
    const value = operator === 'before' || operator === 'after' ? instantText(stage) : fc.integer({ min: 0, max: 4 });
    return fc.record({ operator: fc.constant(operator), value, zone });
  });
}

function window(stage: Stage): fc.Arbitrary<{ within?: number; days?: number; zone?: string }> {
  return fc.oneof(
    fc.constant({}),
    fc.integer({ min: 1, max: Math.max(12, stage.span / 6) }).map((units) => ({ within: units * stage.unit })),
    fc.record({ days: fc.integer({ min: 1, max: 5 }), zone: fc.constantFrom(...stage.zones) }),
  );
}

/** Every condition on events. */
export function eventConditions(stage: Stage): fc.Arbitrary<Condition> {
  const zone = fc.constantFrom(...stage.zones);
  const operator = fc.constantFrom(...countOperators);
  const times = fc.integer({ min: 0, max: 3 });
  const merged = <T extends object, U extends object>(one: fc.Arbitrary<T>, other: fc.Arbitrary<U>) =>
    fc.tuple(one, other).map(([a, b]) => ({ ...a, ...b }));
  const days = fc.oneof(fc.constant({}), fc.record({ days: fc.integer({ min: 1, max: 5 }) }));
  const dayWindow = fc.oneof(fc.constant({}), fc.record({ days: fc.integer({ min: 1, max: 5 }), zone }));
  const value = fc.constantFrom(-1, 0, 0.5, 1, 1.25, 2.5);
  const conditions = [
    merged(merged(fc.record({ type: fc.constant('event' as const), operator, times }), occurrence), window(stage)),
    merged(merged(fc.record({ type: fc.constant('event_sum' as const), operator, value, property: name }), occurrence), dayWindow),
    merged(merged(fc.record({ type: fc.constant('event_days' as const), operator, times, zone }), occurrence), days),
    merged(
      merged(fc.record({ type: fc.constant('event_time' as const), which: fc.constantFrom('first', 'last') }), occurrence),
      dateQuestion(stage),
    ),
    fc.record({
      type: fc.constant('sequence' as const),
      first: occurrence,
      then: occurrence,
      within: fc.integer({ min: 1, max: 12 }).map((units) => units * stage.unit),
      happened: fc.boolean(),
    }),
  ];
  return fc.oneof(...(conditions as unknown as fc.Arbitrary<Condition>[]));
}

function otherConditions(stage: Stage): fc.Arbitrary<Condition> {
  const of = fc.constantFrom({}, {}, { of: 'account' }, { of: 'membership' });
  const question = fc.oneof(comparison as fc.Arbitrary<object>, dateQuestion(stage) as fc.Arbitrary<object>);
  const trait = fc.tuple(of, name, question).map(([owner, each, rest]) => ({ type: 'trait' as const, ...owner, name: each, ...rest }));
  const query = fc.constantFrom(...queryOperators).chain((operator) => {
    const bare = operator === 'exists' || operator === 'missing';
    const value: fc.Arbitrary<object> = bare ? fc.constant({}) : fc.record({ value: fc.constantFrom('', 'p', 'pq') });
    return fc.tuple(name, value).map(([each, rest]) => ({ type: 'page_query' as const, name: each, operator, ...rest }));
  });
  const conditions = [
    trait,
    fc.record({ type: fc.constantFrom('milestone', 'cohort', 'segment'), id: name }),
    fc.record({ type: fc.constant('content'), id: name, state: fc.constantFrom(...contentStates) }),
    fc.record({ type: fc.constant('page'), path: fc.constantFrom('/', '/x', '/x/*', '/x/**', '/**/z') }),
    query,
    fc.record({ type: fc.constant('page_host'), operator: fc.constantFrom(...textOperators), value: fc.constantFrom('x.io', 'app.x.io') }),
  ];
  return fc.oneof(...(conditions as unknown as fc.Arbitrary<Condition>[]));
}

/** Rules over the whole grammar. */
export function rules(
  stage: Stage,
  conditions: fc.Arbitrary<Rule> = fc.oneof(eventConditions(stage), otherConditions(stage)),
): fc.Arbitrary<Rule> {
  return fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 3, arbitrary: conditions },
      fc.record({ type: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({
        type: fc.constant('at_least' as const),
        count: fc.integer({ min: 0, max: 4 }),
        of: fc.array(tie('rule'), { maxLength: 4 }),
      }),
      fc.record({ type: fc.constant('not' as const), rule: tie('rule') }),
    ),
  })).rule;
}

export function instants({ base, unit, span }: Stage): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: span }).map((k) => base + unit * k);
}

/** What a subject did, in the order of arrival, which is not the order of time. */
export function histories(stage: Stage): fc.Arbitrary<HistoryEvent[]> {
  const properties = fc.dictionary(name, json, { noNullPrototype: true });
  return fc.array(fc.record({ name, time: instants(stage), properties }), { maxLength: 7 });
}

/** Everything but events that may be known of a subject. */
export function circumstances(stage: Stage): fc.Arbitrary<Facts> {
  const record = <T>(value: fc.Arbitrary<T>) => fc.dictionary(name, value, { noNullPrototype: true });
  const traits = record(fc.oneof(json, instantText(stage)));
  const since = instants(stage);
  const content = fc.record({ seen: since, started: since, completed: since, dismissed: since }, { requiredKeys: [] });
  return fc.record({
    traits,
    milestones: record(since),
    accounts: fc.array(fc.record({ traits, membership: traits }), { maxLength: 2 }),
    cohorts: record(since),
    contents: record(content),
    page: fc.record({
      path: fc.constantFrom('/', '/x', '/x/y', '/x/y/z'),
      query: record(fc.constantFrom('', 'p', 'pq')),
      host: fc.constantFrom('x.io', 'app.x.io'),
    }),
  });
}

/** All that is known of a subject of whom everything is known, as far as a rule asks. */
export function factsAbout(rule: Rule, history: readonly HistoryEvent[], others: Facts): Facts {
  return { ...others, ...countHistory(rule, history) };
}
