import { useLocalStorage } from '@mantine/hooks';
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Column } from './column.ts';

/** Pixels that the table itself needs, whatever the screen: it may stand beside something. */
const narrowest = { tablet: 560, desktop: 860 } as const;

/** Which columns are drawn: the reader's choice for this table (kept in this browser), less what does not fit. */
export function useColumns<Row>(table: string, columns: readonly Column<Row>[], box: RefObject<HTMLElement | null>) {
  const [chosen, setChosen] = useLocalStorage<Record<string, boolean>>({
    key: `gangway.columns.${table}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const width = useWidth(box);
  const isChosen = (column: Column<Row>) => chosen[column.key] ?? !column.offered;
  const fits = (column: Column<Row>) => width >= (column.from === undefined ? 0 : narrowest[column.from]);
  return {
    /** Chosen by the reader, whether or not it fits: what an export holds. */
    chosen: columns.filter(isChosen),
    drawn: columns.filter((column) => isChosen(column) && (fits(column) || chosen[column.key] === true)),
    isChosen,
    toggle: (column: Column<Row>) => setChosen({ ...chosen, [column.key]: !isChosen(column) }),
  };
}

function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
