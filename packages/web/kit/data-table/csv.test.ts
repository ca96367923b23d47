import { expect, test } from 'vitest';
import type { Column } from './column.ts';
import { csvText } from './csv.ts';

interface Row {
  readonly name: string | null;
  readonly count: number;
}
const columns: readonly Column<Row>[] = [
  { key: 'name', header: 'Name', value: (row) => row.name, cell: () => null },
  { key: 'count', header: 'Times', value: (row) => row.count, cell: () => null },
];

test('a mark, a header and a line each, ended by CRLF', () => {
  expect(csvText(columns, [{ name: 'Ada', count: 3 }])).toBe('\ufeffName,Times\r\nAda,3\r\n');
});

test('commas, quotes and line breaks are quoted', () => {
  expect(csvText(columns, [{ name: 'a "b", c\nd', count: 1 }])).toContain('"a ""b"", c\nd",1');
});

test('a text that a spreadsheet would run stays a text; a negative number stays a number', () => {
  const text = csvText(columns, [
    { name: '=HYPERLINK("x")', count: -4 },
    { name: '@sum', count: 0 },
    { name: null, count: 0 },
  ]);
  expect(text).toContain(`"'=HYPERLINK(""x"")",-4`);
  expect(text).toContain("'@sum,0");
  expect(text).toContain('\r\n,0\r\n');
});
