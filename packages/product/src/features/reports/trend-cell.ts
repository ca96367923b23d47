import { columnsOf, type GroupKey, keyOf, nameOf, type ValueColumns } from './property-groups.ts';

/** The groups of a breakdown whose events are meant. */
export type TrendGroup =
  | { readonly type: 'value'; readonly value: string | number | boolean }
  | { readonly type: 'none' }
  /** Everything that has a value, but none of those that are listed on their own. */
  | { readonly type: 'other'; readonly than: readonly (string | number | boolean)[] };

/** A number of a trend whose people are asked for. */
export interface TrendCellKey {
  /** The place of the period in the range, from 0; null = the whole range. */
  readonly period: number | null;
  /** Undefined without a breakdown. */
  readonly group?: TrendGroup | undefined;
}

export function isInTrendGroup(value: ValueColumns, group: TrendGroup): boolean {
  const key: GroupKey = keyOf(value);
  if (group.type === 'none') return key.type === 'none';
  const isOne = (asked: string | number | boolean) => nameOf(key) === nameOf(keyOf(columnsOf(asked)));
  return group.type === 'value' ? isOne(group.value) : key.type === 'value' && !group.than.some(isOne);
}
