import type { ReactNode } from 'react';

/** One column of a `DataTable`. */
export interface Column<Row> {
  /** Unique in the table; also the sort key that `useTableSort` writes into the address. */
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** The plain value: what is exported and, when the table sorts by itself, what is compared. Null sorts last. */
  readonly value: (row: Row) => string | number | null;
  readonly sortable?: boolean;
  /** Share of the width, as in CSS grid: 3 is three times as wide as 1. Default 1. */
  readonly grow?: number;
  /** Right-aligned, with tabular figures. */
  readonly numeric?: boolean;
  /** Not drawn where the table is narrower than a tablet, or a desktop. */
  readonly from?: 'tablet' | 'desktop';
  /** Not shown until the reader chooses it. */
  readonly offered?: boolean;
}
