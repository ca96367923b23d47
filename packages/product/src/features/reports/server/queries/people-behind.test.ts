import { assert, asyncProperty, constantFrom, record } from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryWarehouse } from '../../../../ports/warehouse/memory-warehouse.ts';
import type { Warehouse } from '../../../../ports/warehouse/warehouse.ts';
import type { History } from '../../../../ports/warehouse/warehouse-history.contract.ts';
import { funnelPeople } from './funnel-people.ts';
import { funnelRows } from './funnel-rows.ts';
import { lifecycle } from './lifecycle-counts.ts';
import { lifecyclePeople } from './lifecycle-people.ts';
import { pathPeople } from './path-people.ts';
import { paths } from './path-rows.ts';
import { reportHistories, seasonDays, seasonStart, zones } from './report-histories.contract.ts';
import { retention } from './retention-counts.ts';
import { retentionPeople } from './retention-people.ts';
import { stickiness } from './stickiness-counts.ts';
import { stickinessPeople } from './stickiness-people.ts';
import { trend } from './trend-counts.ts';
import { trendPeople } from './trend-people.ts';

const scope = 'w_1/production';
const day = 86_400_000;
const to = seasonStart + seasonDays * day;
const signedUp = { type: 'event', name: 'Signed Up' } as const;
const boardMade = { type: 'event', name: 'Board Made' } as const;
const any = { type: 'any' } as const;
const page = { after: null, limit: 100 };

/** A generated season in a warehouse, and what is asked of it with every question. */
interface Season {
  readonly warehouse: Warehouse;
  readonly asked: {
    readonly scope: string;
    readonly from: number;
    readonly to: number;
    readonly asOf: number;
    readonly calendar: { readonly unit: 'week' | 'month'; readonly zone: string };
  };
}

const calendars = record({ unit: constantFrom('week' as const, 'month' as const), zone: zones });

async function overSeasons(check: (season: Season) => Promise<void>): Promise<void> {
  const run = async (historyIn: (scope: string) => History, calendar: Season['asked']['calendar']) => {
    const warehouse = createMemoryWarehouse();
    for (const [index, batch] of historyIn(scope).entries()) await warehouse.write({ partition: 0, position: index + 1, ...batch });
    await check({ warehouse, asked: { scope, from: seasonStart, to, asOf: to, calendar } });
  };
  await assert(asyncProperty(reportHistories, calendars, run), { numRuns: 12 });
}

test.each([
  { type: 'exact' as const },
  { type: 'unbounded' as const },
  { type: 'bracket' as const, brackets: [{ from: 1, to: 3 }] },
  { type: 'rolling' as const, length: 7 * day },
])('as many people stand behind a cell of retention as it says: $type', async (mode) => {
  await overSeasons(async ({ warehouse, asked }) => {
    const question = { ...asked, start: signedUp, returns: any, entry: 'recurring' as const, mode };
    const { cohorts } = await warehouse.run(retention, question);
    for (const [cohort, { cells }] of cohorts.entries()) {
      for (const [slot, { people }] of cells.entries()) {
        const { total } = await warehouse.run(retentionPeople, { ...question, cell: { cohort, slot, returned: true }, page });
        expect([cohort, slot, total]).toEqual([cohort, slot, people]);
      }
    }
  });
});

test('behind a bar of the lifecycle and of the stickiness', async () => {
  await overSeasons(async ({ warehouse, asked }) => {
    const question = { ...asked, active: any };
    for (const [period, counts] of (await warehouse.run(lifecycle, question)).entries()) {
      for (const state of ['new', 'returning', 'resurrecting', 'dormant'] as const) {
        const { total } = await warehouse.run(lifecyclePeople, { ...question, cell: { period, state }, page });
        expect([period, state, total]).toEqual([period, state, Math.abs(counts[state])]);
      }
    }
    for (const { periods, people, atLeast } of (await warehouse.run(stickiness, question)).people) {
      const behind = async (least: boolean) =>
        (await warehouse.run(stickinessPeople, { ...question, cell: { periods, atLeast: least }, page })).total;
      expect([periods, await behind(false), await behind(true)]).toEqual([periods, people, atLeast]);
    }
  });
});

test('behind a point of a trend, also of the rest', async () => {
  await overSeasons(async ({ warehouse, asked }) => {
    const question = { ...asked, pick: any, measure: 'people' as const, breakdown: { property: 'plan', top: 2 } };
    const { series } = await warehouse.run(trend, question);
    const than = series.flatMap(({ key }) => (key.type === 'value' ? [key.value] : []));
    for (const { key, counts, total } of series) {
      if (key.type === 'mixed') continue;
      const group = key.type === 'other' ? { type: 'other' as const, than } : key;
      for (const [period, people] of [[null, total] as const, ...counts.entries()]) {
        const behind = await warehouse.run(trendPeople, { ...question, cell: { period, group }, page });
        expect([key, period, behind.total]).toEqual([key, period, people]);
      }
    }
  });
});

test('behind a stop and a link of the paths', async () => {
  await overSeasons(async ({ warehouse, asked }) => {
    const question = { ...asked, anchor: signedUp, direction: 'after' as const, steps: 3, top: 1 };
    const { places, links } = await warehouse.run(paths, question);
    const behind = async (cell: { place: number; stop: number; from?: number }) =>
      (await warehouse.run(pathPeople, { ...question, cell, page })).total;
    for (const [place, { stops }] of places.entries()) {
      for (const [stop, { people }] of stops.entries()) expect(await behind({ place: place + 1, stop })).toBe(people);
    }
    for (const { place, from, to: stop, people } of links) {
      expect(await behind({ place, stop, ...(from === null ? {} : { from }) })).toBe(people);
    }
  });
});

test('behind a bar of a funnel, its groups and its periods', async () => {
  await overSeasons(async ({ warehouse, asked }) => {
    const breakdown = { property: 'plan', by: 'first' as const, top: 2 };
    const question = { ...asked, steps: [signedUp, boardMade], within: 20 * day, breakdown, trend: { ...asked.calendar, asOf: to } };
    const { reached, groups, trend: periods } = await warehouse.run(funnelRows, question);
    const behind = async (cell: object) =>
      (await warehouse.run(funnelPeople, { ...question, cell: { step: 0, went: 'reached', ...cell }, page })).total;
    expect([await behind({}), await behind({ step: 1 })]).toEqual([...reached]);
    expect(await behind({ step: 1, went: 'dropped' })).toBe((reached[0] ?? 0) - (reached[1] ?? 0));
    for (const { key, reached: own } of groups ?? [])
      expect([await behind({ group: key }), await behind({ group: key, step: 1 })]).toEqual([...own]);
    for (const [period, { entered }] of (periods ?? []).entries()) expect(await behind({ period })).toBe(entered);
  });
});
