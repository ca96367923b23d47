import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fixtures from '../../../../../../../spec/queries/reports.json';
import type { Query, Warehouse, WarehouseRow } from '../../../../ports/warehouse/warehouse.ts';
import { funnelRows } from './funnel-rows.ts';
import { lifecycle } from './lifecycle-counts.ts';
import { firstKeyAt } from './order-key.ts';
import { paths } from './path-rows.ts';
import { retention } from './retention-counts.ts';
import { stickiness } from './stickiness-counts.ts';
import { trend } from './trend-counts.ts';
import { valueTimes } from './value-times.ts';

interface Fixture {
  readonly name: string;
  readonly query: string;
  readonly people: Readonly<Record<string, readonly string[]>>;
  readonly params: object;
  readonly expected: unknown;
}

const queries = [funnelRows, retention, lifecycle, stickiness, trend, paths, valueTimes] as readonly { readonly name: string }[];
const cases = fixtures.cases as unknown as readonly Fixture[];

/** Holds a warehouse against the answers in `spec/queries/reports.json`. */
export function describeReportFixtures(name: string, create: () => Promise<Warehouse>): void {
  describe(`report fixtures: ${name}`, () => {
    let warehouse: Warehouse;
    beforeAll(async () => {
      warehouse = await create();
      const rows = cases.flatMap((fixture, index) => rowsOf(fixture, scopeOf(index)));
      await warehouse.write({ partition: 900, position: 1, rows, merges: [] });
    });
    afterAll(() => warehouse?.close());

    test.each(cases.map((fixture, index) => [`${fixture.query}: ${fixture.name}`, fixture, index] as const))(
      '%s',
      async (_, fixture, index) => {
        const query = queries.find((one) => one.name === fixture.query) as Query<{ scope: string }, object, unknown> | undefined;
        if (!query) throw new Error(`there is no query ${fixture.query}`);
        const params = { ...(withInstants(fixture.params) as object), scope: scopeOf(index) };
        const answer = await warehouse.run(query, params);
        if (Array.isArray(fixture.expected)) expect(answer).toHaveLength(fixture.expected.length);
        expect({ answer }).toMatchObject({ answer: withInstants(fixture.expected) });
      },
    );
  });
}

function scopeOf(index: number): string {
  return `w_fixture_${index}/production`;
}

function rowsOf({ people }: Fixture, scope: string): WarehouseRow[] {
  return Object.entries(people).flatMap(([person, events]) =>
    events.map((event, index): WarehouseRow => {
      const [, mark, name = '', time = '', property, value = 'null'] = /^(!?)(\S+) (\S+)(?: (\w+)=(.*))?$/.exec(event) ?? [];
      const instant = /^\d+$/.test(time) ? Number(time) : Date.parse(time);
      return {
        scope,
        // The position in the list decides the order within a millisecond.
        k: firstKeyAt(instant) + index,
        kind: mark ? 'milestone' : 'event',
        name,
        type: mark ? '' : 'track',
        person: Number(person),
        account: null,
        id: `${person}-${index}`,
        properties: property
          ? `{${JSON.stringify(property)}:${/^[a-z]+$/.test(value) && !['true', 'false', 'null'].includes(value) ? JSON.stringify(value) : value}}`
          : '{}',
      };
    }),
  );
}

/** The same with instants, which are written as texts, as epoch milliseconds. */
function withInstants(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withInstants(each)]));
}
