import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Select } from '@mantine/core';
import { ranges, usualRange } from './ranges.ts';

/** The range of a report, kept in the address. @param usual the range without one in the address */
export function useRange(usual: string = usualRange): [string, (range: string) => void] {
  const [word, set] = useUrlState('range', usual);
  return [ranges.some((range) => range.value === word) ? word : usualRange, set];
}

/** Chooses the range. */
export function RangeField({ value, onChange }: { value: string; onChange: (range: string) => void }) {
  return (
    <Select
      size="xs"
      w={120}
      aria-label="Range: the last"
      allowDeselect={false}
      data={ranges.map((range) => ({ value: range.value, label: range.label }))}
      value={value}
      onChange={(next) => onChange(next ?? usualRange)}
    />
  );
}
