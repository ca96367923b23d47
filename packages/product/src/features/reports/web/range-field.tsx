import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { SegmentedControl } from '@mantine/core';
import { ranges, usualRange } from './ranges.ts';

/** The range of a report, kept in the address. */
export function useRange(): [string, (range: string) => void] {
  const [word, set] = useUrlState('range', usualRange);
  return [ranges.some((range) => range.value === word) ? word : usualRange, set];
}

/** Chooses the range. */
export function RangeField({ value, onChange }: { value: string; onChange: (range: string) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Range: the last"
      data={ranges.map((range) => ({ value: range.value, label: range.label }))}
      value={value}
      onChange={onChange}
    />
  );
}
