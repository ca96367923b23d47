import { timeline } from '@gangway/product/features/people/server/queries/timeline.ts';
import { funnelRows } from '@gangway/product/features/reports/server/queries/funnel-rows.ts';
import { retention } from '@gangway/product/features/reports/server/queries/retention-counts.ts';
import { trend } from '@gangway/product/features/reports/server/queries/trend-counts.ts';
import type { Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import { day, days, firstDay, scope } from './generate.ts';

/** A question of a report, and the same by hand over raw rows. */
export interface Question {
  readonly name: string;
  /** Gives figures that the hand-written statement gives as well. */
  ask(warehouse: Warehouse): Promise<unknown>;
  /** Over `raw`, the rows as they came; `name('Signed In')` is the number of an event. There is one scope, and nothing but events. */
  raw(name: (text: string) => number): string;
  /** The same figures from the rows of the statement. */
  read(rows: readonly (readonly unknown[])[]): unknown;
}

const to = firstDay + days * day;
const k = (instant: number) => instant * 4096;
const steps = ['Signed In', 'Board Made', 'Member Invited'];
const week = 7 * day;
const kathmandu = 20_700_000;

const funnel: Question = {
  name: '3-step funnel, 7 days, over 30 days',
  async ask(warehouse) {
    const params = {
      scope,
      steps: steps.map((name) => ({ type: 'event' as const, name })),
      from: to - 37 * day,
      to: to - week,
      within: week,
    };
    return (await warehouse.run(funnelRows, params)).reached;
  },
  raw(name) {
    const [a, b, c] = steps.map(name);
    const [from, until, window] = [k(to - 37 * day), k(to - week), week * 4096 + 4095];
    const rows = `select person as u, k from raw where`;
    return `with l1 as (select u, k, k as s from (${rows} word = ${a} and k >= ${from} and k < ${until})),
      l2 as materialized (select b.u, b.k, l.s from (${rows} word = ${b} and k >= ${from}) b asof join l1 l on b.u = l.u and b.k > l.k where b.k - l.s <= ${window}),
      l3 as (select b.u, b.k, l.s from (${rows} word = ${c} and k >= ${from}) b asof join l2 l on b.u = l.u and b.k > l.k where b.k - l.s <= ${window})
      select (select count(distinct u) from l1), (select count(distinct u) from l2), (select count(distinct u) from l3)`;
  },
  read: ([row = []]) => row.map(Number),
};

const weekly: Question = {
  name: 'weekly retention, 12 weeks',
  async ask(warehouse) {
    const { cohorts } = await warehouse.run(retention, {
      scope,
      calendar: { unit: 'week', zone: 'UTC' },
      start: { type: 'event', name: 'Signed In' },
      returns: { type: 'any' },
      entry: 'first',
      mode: { type: 'exact' },
      from: Date.UTC(2024, 1, 5),
      to: Date.UTC(2024, 1, 5) + 12 * week,
      asOf: to,
    });
    return cohorts.flatMap(({ cells }) => cells.map(({ people }) => people));
  },
  raw(name) {
    const number = (column: string) => `(${column} // ${week * 4096} - ${Math.floor(Date.UTC(2024, 1, 5) / week)})`;
    // The first Monday of February 2024 is four days into a week that is counted from 1 January 1970.
    const shifted = `(k - ${4 * day * 4096})`;
    const [first, last] = [k(Date.UTC(2024, 1, 5)), k(Date.UTC(2024, 1, 5) + 12 * week)];
    return `with firsts as (select person, ${number(shifted)} as cohort from (select person, min(k) as k from raw where word = ${name('Signed In')} group by person) where k >= ${first} and k < ${last}),
      back as (select distinct person, ${number(shifted)} as week from raw where k >= ${first} and k < ${last})
      select cohort, 0 as slot, count(*) from firsts group by cohort
      union all select cohort, week - cohort, count(*) from firsts join back using (person) where week > cohort group by cohort, week - cohort
      order by 1, 2`;
  },
  read: (rows) => rows.map((row) => Number(row[2])),
};

const daily: Question = {
  name: '90-day trend of people by day in Asia/Kathmandu',
  async ask(warehouse) {
    const params = {
      pick: { type: 'event', name: 'Board Opened' },
      measure: 'people',
      calendar: { unit: 'day', zone: 'Asia/Kathmandu' },
    } as const;
    const { series } = await warehouse.run(trend, { scope, ...params, from: firstDay, to, asOf: to });
    return [...(series[0]?.counts ?? []), series[0]?.total];
  },
  raw: (
    name,
  ) => `with read as (select (k + ${kathmandu * 4096}) // ${day * 4096} as day, person from raw where word = ${name('Board Opened')} and k < ${k(to)})
      select day, count(distinct person) from read group by day
      union all select null, count(distinct person) from read
      order by day nulls last`,
  read: (rows) => rows.map((row) => Number(row[1])),
};

const byPlan: Question = {
  name: 'people by day and plan, 30 days',
  async ask(warehouse) {
    const params = { pick: { type: 'event', name: 'Page Viewed' }, measure: 'people', calendar: { unit: 'day', zone: 'UTC' } } as const;
    const { series } = await warehouse.run(trend, {
      scope,
      ...params,
      breakdown: { property: 'plan', top: 10 },
      from: to - 30 * day,
      to,
      asOf: to,
    });
    return [...series]
      .sort((a, b) => (JSON.stringify(a.key) < JSON.stringify(b.key) ? -1 : 1))
      .flatMap(({ counts, total }) => [...counts, total]);
  },
  raw: (name) => `with read as (select properties->>'$.plan' as plan, k // ${day * 4096} as day, person from raw
        where word = ${name('Page Viewed')} and k >= ${k(to - 30 * day)} and k < ${k(to)})
      select plan, day, count(distinct person) from read group by plan, day
      union all select plan, null, count(distinct person) from read group by plan
      order by plan, day nulls last`,
  read: (rows) => rows.map((row) => Number(row[2])),
};

/** People are numbered by how much they do: the first ones the most. */
function timelineOf(name: string, person: (people: number) => number): (people: number) => Question {
  return (people) => ({
    name,
    ask: async (warehouse) =>
      (await warehouse.run(timeline, { scope, person: person(people), before: k(to), limit: 50 })).map((row) => row.id),
    raw: () => `select id, k, word, properties from raw where person = ${person(people)} and k < ${k(to)} order by k desc limit 50`,
    read: (rows) => rows.map((row) => row[0]),
  });
}

const ordinaryPerson = timelineOf('timeline of an ordinary person', (people) => Math.floor(people / 2));
const busyPerson = timelineOf('timeline of one of the busiest', () => 17);

/** The questions, put to a store of as many people. */
export function questionsAbout(people: number): readonly Question[] {
  return [funnel, weekly, daily, byPlan, ordinaryPerson(people), busyPerson(people)];
}
