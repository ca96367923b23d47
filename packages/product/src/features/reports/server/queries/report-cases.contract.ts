import { type Arbitrary, array, boolean, constant, constantFrom, integer, oneof, option, record } from 'fast-check';
import { type QueryCase, queryCase } from '../../../../ports/warehouse/warehouse-queries.contract.ts';
import type { Calendar } from '../../calendar.ts';
import type { EventPick, NamedPick } from '../../event-pick.ts';
import type { PropertyTest } from '../../property-test.ts';
import type { RetentionMode } from '../../retention.ts';
import { activation } from './activation.ts';
import { funnelPeople } from './funnel-people.ts';
import { funnelRows } from './funnel-rows.ts';
import { lifecycle } from './lifecycle-counts.ts';
import { lifecyclePeople } from './lifecycle-people.ts';
import { pathPeople } from './path-people.ts';
import { paths } from './path-rows.ts';
import { propertySample } from './property-sample.ts';
import { instants, names, propertyNames, seasonDays, seasonStart, zones } from './report-histories.contract.ts';
import { retention } from './retention-counts.ts';
import { retentionPeople } from './retention-people.ts';
import { stickiness } from './stickiness-counts.ts';
import { stickinessPeople } from './stickiness-people.ts';
import { trend } from './trend-counts.ts';
import { trendPeople } from './trend-people.ts';
import { valuePeople } from './value-people.ts';
import { valueTimes } from './value-times.ts';
import { valueTimesCompared } from './value-times-compared.ts';

const minute = 60_000;
const day = 86_400_000;
const name = names;
/** Mostly absent: what is asked together in every question is seldom asked alone. */
const sometimes = <Asked>(asked: Arbitrary<Asked>) => oneof({ arbitrary: constant(undefined), weight: 2 }, asked);
const property = propertyNames;
/** Mostly what is there to be found, or nearly. */
const asked = oneof(
  { arbitrary: constantFrom('pro', 'Pro', 'ro', 'PRO', '5', '5.5', 'true', ''), weight: 3 },
  constantFrom(
    ...['5.0', '05', ' 5', '-0', '0', '-0.25', 'false', 'null', '1e20', '1E+20', '1e308', '1e400', '100000000000000000000'],
    ...['9007199254740991', '18446744073709551616', '日本', 'é', '😀', '/\\\u0000', '%', '_'],
  ),
);
const propertyTest: Arbitrary<PropertyTest> = oneof(
  record({ type: constantFrom('equals' as const, 'not_equals' as const, 'contains' as const), property, value: asked }),
  record({ type: constant('exists' as const), property }),
  record({ type: constant('not_exists' as const), property }),
);
const where = oneof({ arbitrary: constant(undefined), weight: 4 }, array(propertyTest, { maxLength: 2 }));
const step: Arbitrary<NamedPick> = oneof(
  { arbitrary: record({ type: constant('event' as const), name, where }), weight: 4 },
  record({ type: constant('milestone' as const), id: name, where }),
);
const pick: Arbitrary<EventPick> = oneof({ arbitrary: step, weight: 3 }, record({ type: constant('any' as const), where }));
const weekStart = option(integer({ min: 0, max: 6 }), { nil: undefined });
const unit = constantFrom('day' as const, 'week' as const, 'month' as const);
const calendar: Arbitrary<Calendar> = record({ unit, zone: zones, weekStart });
const within = oneof(
  integer({ min: 0, max: 60 * minute }),
  integer({ min: 1, max: 20 }).map((days) => days * day),
);
const top = integer({ min: 0, max: 3 });
const mode: Arbitrary<RetentionMode> = oneof(
  record({ type: constant('exact' as const) }),
  record({ type: constant('unbounded' as const) }),
  record({
    type: constant('bracket' as const),
    brackets: constantFrom(
      [
        { from: 1, to: 2 },
        { from: 2, to: 5 },
        { from: 3, to: 9 },
      ],
      [{ from: 0, to: 3 }],
      [],
    ),
  }),
  record({ type: constant('rolling' as const), length: constantFrom(day, 7 * day, 30 * day, 90 * minute) }),
);
// Mostly the whole season, for short ranges say little; now and then an empty one.
const from = oneof(instants, { arbitrary: constant(seasonStart), weight: 3 });
const to = oneof(instants, { arbitrary: constant(seasonStart + seasonDays * day), weight: 4 });
const range = { from, to };
const inTime = { calendar, ...range, asOf: to };
// Few periods, so that a cell that is drawn has people.
const unitOfCells = constantFrom('day' as const, 'week' as const, 'month' as const, 'month' as const, 'month' as const);
const inCells = { ...inTime, calendar: record({ unit: unitOfCells, zone: zones, weekStart }) };

/** What engines answer from columns alone. */
const plainFunnel = {
  ...range,
  within,
  asOf: sometimes(to),
  steps: array(step, { minLength: 2, maxLength: 4 }),
  entry: constantFrom(undefined, 'best' as const, 'first' as const),
};
const funnelQuestion = {
  ...plainFunnel,
  order: constantFrom(undefined, 'ordered' as const, 'any' as const, 'strict' as const),
  // Some lie behind the last step, where no saved report has one.
  exclusions: sometimes(
    array(
      record({ event: step, after: constantFrom(1, 1, 2, 3), beyond: constantFrom(1, 1, 2, 3) }).map(({ event, after, beyond }) => ({
        ...{ event, after },
        before: after + beyond,
      })),
      { minLength: 1, maxLength: 2 },
    ),
  ),
  hold: sometimes(property),
  breakdown: sometimes(record({ property, by: constantFrom('first' as const, 'last' as const, 'agree' as const, 0, 1, 2), top })),
  trend: sometimes(record({ unit, zone: zones, asOf: to, weekStart })),
};

const page = record({ after: option(integer({ min: 0, max: 6 })), limit: integer({ min: 0, max: 5 }) });
const place = integer({ min: 0, max: 3 });
const groupValue = constantFrom<string | number | boolean>('pro', '', '5', 5, 5.5, 1e20, true, false);
const group = oneof(record({ type: constant('value' as const), value: groupValue }), record({ type: constant('none' as const) }));

const retentionQuestion = { ...inTime, start: pick, returns: pick, entry: constantFrom('first' as const, 'recurring' as const), mode };
const trendQuestion = { ...inTime, pick, measure: constantFrom('events' as const, 'people' as const) };
const pathsQuestion = {
  ...range,
  anchor: pick,
  direction: constantFrom('after' as const, 'before' as const),
  steps: integer({ min: 1, max: 4 }),
  top,
};
const valueQuestion = {
  ...range,
  asOf: to,
  unit: constantFrom('person' as const, 'account' as const),
  start: pick,
  value: pick,
  loss: option(pick, { nil: undefined }),
};

/** Every query of the reports, with parameters that fit the histories of a season. */
export const reportCases: readonly QueryCase[] = [
  queryCase(funnelRows, record(plainFunnel)),
  queryCase(funnelRows, record(funnelQuestion)),
  queryCase(retention, record(retentionQuestion)),
  queryCase(lifecycle, record({ ...inTime, active: pick })),
  queryCase(stickiness, record({ ...inTime, active: pick })),
  queryCase(trend, record({ ...trendQuestion, breakdown: option(record({ property, top }), { nil: undefined }) })),
  queryCase(paths, record(pathsQuestion)),
  queryCase(valueTimes, record(valueQuestion)),
  queryCase(valueTimesCompared, record({ ...valueQuestion, from: instants, before: constant(seasonStart) })),
  queryCase(activation, record({ ...range, asOf: to, milestone: name, start: oneof(constant(''), name), within })),
  queryCase(propertySample, record({ event: oneof(constant(''), name), rows: integer({ min: 0, max: 20 }) })),
];

/** The people behind their numbers; in a list of its own, because each of them asks the same tables once more. */
export const reportPeopleCases: readonly QueryCase[] = [
  queryCase(
    funnelPeople,
    record({
      ...funnelQuestion,
      cell: record({
        step: constantFrom(0, 0, 0, 1, 1, 2, 3),
        went: constantFrom('reached' as const, 'reached' as const, 'dropped' as const),
        group: sometimes(group),
        period: sometimes(place),
        took: sometimes(record({ from: constant(0), to: option(within) })),
      }),
      page,
    }),
  ),
  queryCase(
    retentionPeople,
    record({ ...retentionQuestion, ...inCells, cell: record({ cohort: place, slot: place, returned: boolean() }), page }),
  ),
  queryCase(
    lifecyclePeople,
    record({
      ...inCells,
      active: pick,
      cell: record({
        period: place,
        state: constantFrom('new' as const, 'returning' as const, 'resurrecting' as const, 'dormant' as const),
      }),
      page,
    }),
  ),
  queryCase(
    stickinessPeople,
    record({ ...inTime, active: pick, cell: record({ periods: integer({ min: 1, max: 3 }), atLeast: boolean() }), page }),
  ),
  queryCase(
    trendPeople,
    record({
      ...trendQuestion,
      ...inCells,
      breakdown: record({ property, top }),
      cell: record({
        period: option(place, { freq: 3 }),
        group: sometimes(oneof(group, record({ type: constant('other' as const), than: array(groupValue, { maxLength: 2 }) }))),
      }),
      page,
    }),
  ),
  queryCase(
    pathPeople,
    record({
      ...pathsQuestion,
      cell: record({
        place: integer({ min: 1, max: 3 }),
        stop: integer({ min: 0, max: 2 }),
        from: option(constantFrom(0, 1), { nil: undefined }),
      }),
      page,
    }),
  ),
  queryCase(
    valuePeople,
    record({
      ...valueQuestion,
      cell: record({
        outcome: constantFrom('reached' as const, 'open' as const, 'lost' as const, 'all' as const),
        within: option(within, { nil: undefined }),
      }),
      page,
    }),
  ),
];
