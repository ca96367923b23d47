import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import type { Column } from './column.ts';

/** Which columns are drawn: the reader's choice for this table (kept in this browser), less what does not fit. */
export function useColumns<Row>(table: string, columns: readonly Column<Row>[]) {
  const [chosen, setChosen] = useLocalStorage<Record<string, boolean>>({
    key: `gangway.columns.${table}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const tablet = useMediaQuery('(min-width: 768px)', true, { getInitialValueInEffect: false });
  const desktop = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const isChosen = (column: Column<Row>) => chosen[column.key] ?? !column.offered;
  const fits = (column: Column<Row>) => (column.from === 'desktop' ? desktop : column.from === 'tablet' ? tablet : true);
  return {
    /** Chosen by the reader, whether or not it fits: what an export holds. */
    chosen: columns.filter(isChosen),
    drawn: columns.filter((column) => isChosen(column) && (fits(column) || chosen[column.key] === true)),
    isChosen,
    toggle: (column: Column<Row>) => setChosen({ ...chosen, [column.key]: !isChosen(column) }),
  };
}
