import { useTimeZone } from '@gangway/web/kit/api/environment.tsx';
import { plural } from '@gangway/web/kit/number-text.ts';
import { useUrlState } from '@gangway/web/kit/url-state.ts';
import { Select } from '@mantine/core';
import { DateFields } from './date-fields.tsx';
import { asDates, datesWord, ranges, readRange, usualRange } from './ranges.ts';

/** The range of a report, kept in the address. @param usual the range without one in the address */
export function useRange(usual: string = usualRange): [string, (range: string) => void] {
  const [word, set] = useUrlState('range', usual);
  return [readRange(word) ? word : usual, set];
}

const chosenDates = 'dates';

/** Chooses the range: so many days that end now, or from one day to another. */
export function RangeField({ value, onChange }: { value: string; onChange: (range: string) => void }) {
  const zone = useTimeZone() ?? 'UTC';
  const range = readRange(value) ?? { days: Number(usualRange) };
  const dates = 'dates' in range ? range.dates : undefined;
  const other = dates || ranges.some((each) => each.value === value) ? [] : [{ value, label: plural(Number(value), 'day', 'days') }];
  return (
    <>
      <Select
        size="xs"
        w={132}
        aria-label="Range"
        allowDeselect={false}
        data={[
          ...[...ranges, ...other].map((each) => ({ value: each.value, label: `last ${each.label}` })),
          { value: chosenDates, label: 'chosen dates' },
        ]}
        value={dates ? chosenDates : value}
        onChange={(next) => onChange(next === chosenDates ? datesWord(asDates(value, { now: Date.now(), zone })) : (next ?? usualRange))}
      />
      {dates && <DateFields value={dates} zone={zone} onChange={(next) => onChange(datesWord(next))} />}
    </>
  );
}
