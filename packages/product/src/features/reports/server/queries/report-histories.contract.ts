import { type Arbitrary, array, constant, constantFrom, dictionary, integer, jsonValue, oneof, option, record, tuple } from 'fast-check';
import { zoneOffsets } from '../../../../kernel/zone-offsets.ts';
import type { WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { type History, historyPeople } from '../../../../ports/warehouse/warehouse-history.contract.ts';

/** Between March and May 2024 the clocks change in both directions somewhere, also at midnight. */
export const seasonStart = Date.UTC(2024, 1, 20);
export const seasonDays = 75;

const day = 86_400_000;
const minute = 60_000;

/** Zones with clock changes of an hour, half an hour and at midnight, in both directions, twice in a season, and with 45 minutes. */
export const zoneNames = [
  'UTC',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Havana',
  'Africa/Casablanca',
  'America/Asuncion',
  'America/Santiago',
  'Pacific/Kiritimati',
] as const;
/** Their clocks go back at midnight in the season, and the date with them: a key on the wrong side is a day off. */
const backAtMidnight = ['America/Asuncion', 'America/Santiago'] as const;
export const zones = oneof({ arbitrary: constantFrom(...zoneNames), weight: 3 }, constantFrom(...backAtMidnight));

/** Days of the season: any, the first ones, so that people meet and come back, and those around changes of clocks. */
const days = oneof(
  integer({ min: 0, max: seasonDays }),
  { arbitrary: integer({ min: 0, max: 8 }), weight: 2 },
  tuple(constantFrom(19, 33, 40, 47, 66), integer({ min: -1, max: 1 })).map(([change, beside]) => change + beside),
);
const inDays = tuple(days, integer({ min: 0, max: 95 })).map(([past, quarters]) => seasonStart + past * day + quarters * 15 * minute);

/** The instants at which the clocks of zones change in the season. */
function changesOf(names: readonly string[]): Arbitrary<number> {
  const stretches = names.flatMap((zone) => zoneOffsets(zone, seasonStart, seasonStart + seasonDays * day).slice(0, -1));
  return constantFrom(...stretches.map(({ until }) => until));
}
const changes = oneof(changesOf(zoneNames), changesOf(backAtMidnight));

/** Any instant of the season, most of them at quarters of an hour or a millisecond beside. */
export const instants: Arbitrary<number> = tuple(
  oneof({ arbitrary: inDays, weight: 4 }, changes),
  oneof({ arbitrary: constant(0), weight: 3 }, integer({ min: -1, max: 1 }), integer({ min: 0, max: 15 * minute })),
).map(([at, beside]) => at + beside);

/** Few values, so that they meet; of each kind, also those that engines like to read or write differently. */
const propertyValues = constantFrom(
  'pro',
  'Pro',
  '',
  '5',
  'true',
  '日本 "x"/\\\u0000',
  '😀',
  'é',
  'e\u0301',
  '5.0',
  0,
  5,
  5.5,
  -0.25,
  1e20,
  -1e20,
  1e21,
  1e-7,
  5e-324,
  2 ** 53 - 1,
  2 ** 64,
  1e308,
  true,
  false,
  null,
  { a: 1 },
  [1],
);
export const propertyNames = constantFrom('plan', 'plan', 'plan', 'plan', 'a/b~c', '', '0', 'Plan', '$.plan', 'a"b', '日本');
/** Few, so that steps meet their events. */
export const names = constantFrom(
  'Signed Up',
  'Signed Up',
  'Board Made',
  'Board Made',
  `it's "x" \\ 日本`,
  `it's "x" \\ 日本`,
  'signed up',
);

const properties = oneof(
  { arbitrary: dictionary(propertyNames, propertyValues, { maxKeys: 3 }).map((some) => JSON.stringify(some)), weight: 5 },
  jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify({ plan: value })),
);
const person = integer({ min: 1, max: historyPeople });
const account = option(constantFrom('acme', 'a/b', ''));
const event = record({
  time: instants,
  person,
  account,
  kind: constantFrom('event' as const),
  name: names,
  type: constantFrom('track', 'page'),
  properties,
});
const milestone = record({
  time: instants,
  person,
  account,
  kind: constantFrom('milestone' as const),
  name: names,
  type: constant(''),
  properties: constant('{}'),
});

/** A visit: several events within minutes, so that funnels get somewhere. */
const visit = tuple(
  instants,
  person,
  array(tuple(oneof(constant(0), integer({ min: 0, max: 40 })), oneof({ arbitrary: event, weight: 4 }, milestone)), {
    minLength: 1,
    maxLength: 8,
  }),
).map(([time, who, parts]) => parts.map(([minutes, part]) => ({ ...part, person: who, time: time + minutes * minute })));
const batch = tuple(array(visit, { minLength: 3, maxLength: 12 }), array(tuple(person, person), { maxLength: 2 }));

/** Histories of a season, with events and milestones of few people, and merges. */
export const reportHistories: Arbitrary<(scope: string) => History> = array(batch, { minLength: 1, maxLength: 3 }).map(
  (batches) => (scope: string) => {
    let number = 0;
    const ties = new Map<string, number>();
    return batches.map(([visits, merges]) => ({
      rows: visits.flat().map(({ time, ...part }): WarehouseRow => {
        const tie = ties.get(`${part.person} ${time}`) ?? 0;
        ties.set(`${part.person} ${time}`, tie + 1);
        return { ...part, scope, k: time * 4096 + tie, id: `id-${String((number++ * 37) % 1000).padStart(3, '0')}` };
      }),
      merges: merges.map(([from, to]) => ({ scope, from, to })),
    }));
  },
);
