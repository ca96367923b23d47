import { columnsOf, keyOf, nameOf, topValues, type ValueColumns } from './property-groups.ts';
import type { TrendRow } from './trend.ts';

/** One event of the range. */
export interface TrendEvent {
  readonly person: number;
  readonly period: number;
  readonly value: string | number | boolean | undefined;
}

/** Events, or the people who did them, each once in a period and once in a total. */
export type TrendMeasure = 'events' | 'people';

/** @param top values that keep a group of their own; undefined without a breakdown */
export function countTrend(
  events: readonly TrendEvent[],
  { measure, top }: { measure: TrendMeasure; top: number | undefined },
): TrendRow[] {
  const count = (some: readonly TrendEvent[]) => (measure === 'events' ? some.length : new Set(some.map(({ person }) => person)).size);
  const nothing = columnsOf(undefined);
  const columnsFor = (event: TrendEvent) => (top === undefined ? nothing : columnsOf(event.value));
  const byValue = groupBy(events, (event) => nameOf(keyOf(columnsFor(event))));
  const counted = [...byValue.values()].flatMap((some) => (some[0] ? [{ value: columnsFor(some[0]), count: count(some) }] : []));
  const chosen = new Set(topValues(counted, top ?? 0).map((value) => nameOf(keyOf(value))));
  const groups = groupBy(events, (event) => {
    const name = nameOf(keyOf(columnsFor(event)));
    return name === 'none' || chosen.has(name) ? name : 'other';
  });
  return [...groups].flatMap(([name, some]) => {
    const value: ValueColumns = name === 'other' || !some[0] ? nothing : columnsFor(some[0]);
    const periods = groupBy(some, ({ period }) => String(period));
    const rest = { ...value, other: name === 'other' ? 1 : 0, total: count(some) };
    return [...periods].map(([period, own]) => ({ ...rest, period: Number(period), count: count(own) }));
  });
}

function groupBy<T>(items: readonly T[], nameOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(nameOfItem(item));
    if (group) group.push(item);
    else groups.set(nameOfItem(item), [item]);
  }
  return groups;
}
