import { useUrlState } from '../url-state.ts';
import type { Column } from './column.ts';

export interface TableSort {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
  /** Sorts by this column, or turns the direction when it is the sorted one already. */
  readonly toggle: (key: string) => void;
}

/** The sort of a table in the address (`?sort=name.asc`). `initial` is a column's key, a dot, and `asc` or `desc`. */
export function useTableSort(initial: `${string}.${'asc' | 'desc'}`): TableSort {
  const [text, setText] = useUrlState('sort', initial);
  const dot = text.lastIndexOf('.');
  const key = text.slice(0, dot);
  const direction = text.endsWith('.asc') ? 'asc' : 'desc';
  return { key, direction, toggle: (next) => setText(`${next}.${next === key && direction === 'asc' ? 'desc' : 'asc'}`) };
}

/** The rows in the order of `sort`, by the columns' plain values; numbers by size, texts as people sort them. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: TableSort): readonly Row[] {
  const column = columns.find((candidate) => candidate.key === sort.key);
  if (!column) return rows;
  const sign = sort.direction === 'asc' ? 1 : -1;
  return [...rows].sort((a, b) => compare(column.value(a), column.value(b), sign));
}

function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * sign;
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: 'base' }) * sign;
}
