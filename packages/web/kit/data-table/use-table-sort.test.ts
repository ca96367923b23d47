import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import { sortRows } from './use-table-sort.ts';

const columns: readonly Column<{ readonly value: string | number | null }>[] = [
  { key: 'value', header: 'Value', value: (row) => row.value, cell: () => null },
];
const sorted = (values: readonly (string | number | null)[], direction: 'asc' | 'desc') => {
  const sort = { key: 'value', direction, toggle: () => undefined };
  return sortRows(
    values.map((value) => ({ value })),
    columns,
    sort,
  ).map((row) => row.value);
};

test('numbers by size, texts as people sort them', () => {
  expect(sorted([10, 9, 100], 'asc')).toEqual([9, 10, 100]);
  expect(sorted(['board 10', 'Board 9', 'äpfel', 'zebra'], 'asc')).toEqual(['äpfel', 'Board 9', 'board 10', 'zebra']);
});

test('what is missing comes last in both directions', () => {
  expect(sorted([null, 2, 1], 'asc')).toEqual([1, 2, null]);
  expect(sorted([null, 2, 1], 'desc')).toEqual([2, 1, null]);
});

test('a key that no column has leaves the order alone', () => {
  const sort = { key: 'gone', direction: 'asc', toggle: () => undefined } as const;
  expect(sortRows([{ value: 2 }, { value: 1 }], columns, sort).map((row) => row.value)).toEqual([2, 1]);
});
