import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  letrec,
  nat,
  oneof,
  option,
  record,
  tuple,
  uniqueArray,
} from 'fast-check';
import { zoneOf } from '../../../../kernel/zone.ts';
import type { Merge, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import {
  contentStates,
  countOperators,
  dateOperators,
  type EventCondition,
  type Occurrence,
  type PropertyCondition,
  type Rule,
  type Scalar,
  type TraitCondition,
} from '../../../../rules/rule.ts';
import type { Known } from '../../../../rules/sql/rule-plan.ts';
import type { GivenFacts } from './rule-answers.ts';

/** Everything that a rule is asked about at one instant. */
export interface RuleWorld {
  /** One condition, and a rule of several. */
  readonly rules: readonly Rule[];
  readonly now: number;
  /** What happened later is left out; absent = nothing is. */
  readonly upTo?: number;
  readonly known: Known;
  /** In the order of arrival, which is not the one of time. */
  readonly rows: readonly Omit<WarehouseRow, 'scope'>[];
  /** Who became whom: their rows are the other's. */
  readonly merges: readonly Omit<Merge, 'scope'>[];
  readonly subjects: readonly { readonly person: number; readonly facts: GivenFacts }[];
}

const [second, minute, day] = [1000, 60_000, 86_400_000];
const people = 4;
/** Numbers above `people`: they became one of those. */
const strangers = 2;
const names = constantFrom('Signed Up', `it's "x" \\ 日本`);
const ids = constantFrom('first', "a'b");
/** Clocks change by an hour, by half an hour, at midnight in both directions; 45 minutes; a date that was left out; no zone at all. */
const zones = constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'America/Asuncion',
  'Africa/Cairo',
  'Pacific/Apia',
  'Mars/Olympus',
);
/** Around them the clocks of those zones change. */
const anchors = constantFrom(
  Date.UTC(2024, 2, 10, 7),
  Date.UTC(2024, 2, 31, 1),
  Date.UTC(2024, 2, 24, 3),
  Date.UTC(2024, 3, 25, 22),
  Date.UTC(2024, 9, 6, 4),
  Date.UTC(2024, 9, 27, 1),
  Date.UTC(2024, 9, 31, 21),
  Date.UTC(2011, 11, 30, 10),
  Date.UTC(2024, 1, 29, 0),
);
const beside = tuple(
  integer({ min: -4, max: 4 }),
  constantFrom(0, 0, 6, 12, 22, 23),
  constantFrom(0, 0, 15, 30, 45, 59),
  constantFrom(0, 0, -1, 1, 30 * second),
).map(([days, hours, minutes, rest]) => days * day + hours * 60 * minute + minutes * minute + rest);

const texts = constantFrom(
  'pro',
  'Pro',
  'pro plus',
  '',
  '5',
  'true',
  '日本 "x"/\\',
  'a\nb',
  '{"a":1}',
  'null',
  '😀',
  'e\u0301',
  'é',
  '5.0',
  '%',
);
const numbers = constantFrom(5, 5.5, -0.25, 0, 1e20, -1e20, 1e-7, 2 ** 53, 2 ** 64, 0.1, 0.0005, 1.0005, 9e12, 9.1e12, 1e308, 5e-324);
const dates = constantFrom(
  '2024-03-31',
  '2024-02-29',
  '2023-02-29',
  '2024-13-01',
  '1899-12-31',
  '2299-12-31',
  '2024-10-27T00:30:00Z',
  '2024-03-31T02:30:00.1234567+02:00',
  '2024-03-31T23:59+14:00',
  '2011-12-31T00:00:00.5-10:00',
  '2024-03-31T24:00:00Z',
  '2024-03-31T08:00:00+24:00',
  '2024-03-31 08:00:00Z',
  '2024-3-31',
  '2024-03-31T08:15:00',
  '2024-04-26',
  '2011-12-30',
);
const values = oneof({ arbitrary: texts, weight: 3 }, { arbitrary: numbers, weight: 3 }, boolean(), dates);
const json = oneof({ arbitrary: values, weight: 9 }, constantFrom(null, [1], { a: 1 }));
const members = constantFrom('plan', 'plan', 'plan', 'seats', 'a/b~c', '', '0', 'a.b', '日本');
const record_ = dictionary(members, json, { maxKeys: 3, noNullPrototype: true });

const patterns = constantFrom('^pro', '(?i)PRO', 'a.b', '(?s)a.b', '[日本]+', '^$', 'x|pro$', '\\d', '(', '\\bpro\\b', '(?m)^b');
const bounded = <T extends Scalar>(of: Arbitrary<T>) => array(of, { minLength: 1, maxLength: 3 });
/** An operator, with the value that it takes. */
const comparison = oneof(
  record({ operator: constantFrom('exists' as const, 'missing' as const) }),
  record({ operator: constantFrom('equals' as const, 'not_equals' as const), value: values }),
  record({
    operator: constantFrom('contains' as const, 'not_contains' as const, 'starts_with' as const, 'ends_with' as const),
    value: texts,
  }),
  record({
    operator: constantFrom('greater_than' as const, 'less_than' as const, 'at_least' as const, 'at_most' as const),
    value: numbers,
  }),
  record({
    operator: constantFrom('is_one_of' as const, 'is_none_of' as const),
    values: oneof(bounded(texts), bounded(numbers), bounded(boolean())),
  }),
  record({ operator: constant('matches' as const), value: patterns }),
);
const instants = tuple(anchors, beside).map(([anchor, distance]) => anchor + distance);
const dateQuestion = oneof(
  record({
    operator: constantFrom('before' as const, 'after' as const),
    value: oneof(
      dates,
      instants.map((at) => new Date(at).toISOString()),
      instants.map((at) => new Date(at).toISOString().slice(0, 10)),
    ),
  }),
  record({ operator: constantFrom(...dateOperators.slice(2)), value: constantFrom(0, 1, 2, 30, 366, 36_500) }),
);
const occurrence: Arbitrary<Occurrence> = tuple(
  names,
  option(
    array(
      tuple(members, comparison).map(([property, rest]): PropertyCondition => ({ property, ...rest })),
      { maxLength: 2 },
    ),
    { freq: 3 },
  ),
).map(([name, where]) => (where ? { name, where } : { name }));
const spans = constantFrom(1, minute, 60 * minute, day, 3 * day, 366 * day);
const times = constantFrom(0, 1, 1, 2, 3);
const windowDays = constantFrom(1, 1, 2, 3, 7, 366);
const window = oneof(
  constant({}),
  { arbitrary: record({ within: spans }), weight: 3 },
  { arbitrary: record({ days: windowDays, zone: zones }), weight: 2 },
);

const conditions: Arbitrary<Rule> = oneof(
  tuple(constantFrom(undefined, undefined, 'account' as const, 'membership' as const), members, comparison).map(
    ([of, name, rest]): TraitCondition => ({ type: 'trait', ...(of ? { of } : {}), name, ...rest }),
  ),
  tuple(constantFrom(undefined, 'account' as const), members, dateQuestion, zones).map(
    ([of, name, rest, zone]): TraitCondition => ({ type: 'trait', ...(of ? { of } : {}), name, ...rest, zone }),
  ),
  {
    weight: 4,
    arbitrary: tuple(occurrence, constantFrom(...countOperators), times, window).map(
      ([what, operator, count, when]): EventCondition => ({ type: 'event', ...what, operator, times: count, ...when }),
    ),
  },
  tuple(
    occurrence,
    members,
    constantFrom(...countOperators),
    constantFrom(0, 5, 5.5, 10.5, 0.001, -0.25, 16),
    oneof(constant({}), record({ days: windowDays, zone: zones })),
  ).map(([what, property, operator, value, when]): Rule => ({ type: 'event_sum', ...what, property, operator, value, ...when })),
  tuple(occurrence, constantFrom(...countOperators), times, option(windowDays), zones).map(
    ([what, operator, count, days, zone]): Rule => ({
      type: 'event_days',
      ...what,
      operator,
      times: count,
      zone,
      ...(days === null ? {} : { days }),
    }),
  ),
  tuple(occurrence, constantFrom('first' as const, 'last' as const), dateQuestion, zones).map(
    ([what, which, question, zone]): Rule => ({ type: 'event_time', ...what, which, ...question, zone }),
  ),
  {
    weight: 2,
    arbitrary: tuple(occurrence, occurrence, spans, boolean()).map(
      ([first, then, within, happened]): Rule => ({ type: 'sequence', first, then, within, happened }),
    ),
  },
  record({ type: constant('milestone' as const), id: ids }),
  record({ type: constant('cohort' as const), id: ids }),
  record({ type: constant('content' as const), id: ids, state: constantFrom(...contentStates) }),
  constantFrom<Rule>(
    { type: 'page', path: '/x' },
    { type: 'page_query', name: 'tab', operator: 'missing' },
    { type: 'page_host', operator: 'equals', value: 'x.example' },
    { type: 'segment', id: 'first' },
  ),
);

const { rule } = letrec<{ rule: Rule }>((tie) => ({
  rule: oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: conditions, weight: 4 },
    record({ type: constantFrom('all' as const, 'any' as const), of: array(tie('rule'), { maxLength: 3 }) }),
    record({ type: constant('at_least' as const), count: integer({ min: 1, max: 4 }), of: array(tie('rule'), { maxLength: 4 }) }),
    record({ type: constant('not' as const), rule: tie('rule') }),
  ),
}));

const state = dictionary(constantFrom(...contentStates), integer({ min: 0, max: 9 }), { maxKeys: 2, noNullPrototype: true });
const facts: Arbitrary<GivenFacts> = record(
  {
    traits: record_,
    accounts: array(record({ traits: record_, membership: record_ }), { maxLength: 2 }),
    cohorts: dictionary(ids, constant(1), { maxKeys: 1, noNullPrototype: true }),
    contents: dictionary(ids, state, { maxKeys: 1, noNullPrototype: true }),
  },
  { requiredKeys: [] },
);

const told = tuple(
  beside,
  oneof({ arbitrary: integer({ min: 1, max: people }), weight: 7 }, integer({ min: people + 1, max: people + strangers })),
  oneof({ arbitrary: constant('event' as const), weight: 6 }, constant('milestone' as const)),
  names,
  ids,
  record_,
);

const beyond = constantFrom(-1, 0, 0, 1);
const mostly = oneof({ arbitrary: constant(true), weight: 9 }, constant(false));

/**
 * Few people, names and values, so that they meet; times beside a change of clocks. Some events are as far apart as
 * the condition's span, and the instant as far from one; some lie where a day begins in its zone; or a millisecond
 * beside. Nobody is asked about who may have become somebody else.
 */
export const ruleWorlds: Arbitrary<RuleWorld> = record({
  condition: conditions,
  rule,
  anchor: anchors,
  look: beside,
  edge: option(tuple(nat(), beyond), { freq: 2 }),
  echoes: array(tuple(nat(), beyond, names), { maxLength: 4 }),
  rows: array(told, { maxLength: 25 }),
  // More than is remembered of one person's times; rarely, for it drowns what else the person did.
  crowd: oneof({ arbitrary: constant(null), weight: 14 }, tuple(names, integer({ min: 60, max: 80 }))),
  merges: array(record({ from: integer({ min: people + 1, max: people + strangers }), to: integer({ min: 1, max: people + 1 }) }), {
    maxLength: 2,
  }),
  known: record({ events: mostly, milestones: mostly }),
  ends: oneof({ arbitrary: constant(null), weight: 4 }, constantFrom(-1, 0, day)),
  subjects: uniqueArray(record({ person: integer({ min: 1, max: people }), facts }), { selector: ({ person }) => person, minLength: 1 }),
}).map(({ condition, rule, anchor, look, edge, echoes, rows, crowd, ends, ...given }) => {
  const span = 'within' in condition ? condition.within : undefined;
  const zone = 'zone' in condition ? zoneOf(condition.zone ?? '') : undefined;
  const drawn = rows.map(([at, person, kind, name, id, properties]) => ({
    at,
    person,
    kind,
    name: kind === 'event' ? name : id,
    properties,
  }));
  const echoed = echoes.flatMap(([index, beside, name]) => {
    const row = drawn[index % drawn.length];
    if (row === undefined) return [];
    const at = span === undefined ? zone && zone.startOfDay(zone.dayAt(anchor + row.at)) - anchor : row.at + span;
    return at === undefined ? [] : [{ ...row, at: at + beside, kind: 'event' as const, name }];
  });
  const many = Array.from({ length: crowd?.[1] ?? 0 }, (_, index) => ({
    at: index * 97,
    person: 1,
    kind: 'event' as const,
    name: crowd?.[0] ?? '',
    properties: {},
  }));
  const parts = [...drawn, ...echoed, ...many];
  const met = edge === null || span === undefined ? undefined : parts[edge[0] % parts.length];
  const now = anchor + (met === undefined ? look : met.at + (span ?? 0) + (edge?.[1] ?? 0));
  return {
    ...given,
    rules: [condition, rule],
    now,
    ...(ends === null ? {} : { upTo: now + ends }),
    rows: parts.map(({ at, properties, kind, ...part }, index) => ({
      ...part,
      kind,
      k: (anchor + at) * 4096 + index,
      type: kind === 'event' ? 'track' : '',
      account: null,
      id: `id-${index}`,
      properties: JSON.stringify(properties),
    })),
  };
});
