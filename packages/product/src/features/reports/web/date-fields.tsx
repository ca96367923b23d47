import { Input, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';
import { type DateRange, dateRangeComplaint } from '../date-range.ts';

interface DateFieldsProps {
  readonly value: DateRange;
  /** Whose dates they are. */
  readonly zone: string;
  /** Called with ranges that can be asked for, half a second after the last edit: a date is typed in three parts. */
  readonly onChange: (range: DateRange) => void;
}

/** The first and the last day of a range. What cannot be asked for stays in the fields and is said below them. */
export function DateFields({ value: { from, to }, zone, onChange }: DateFieldsProps) {
  const [draft, setDraft] = useState<DateRange>({ from, to });
  useEffect(() => setDraft({ from, to }), [from, to]);
  const settle = useDebouncedCallback(onChange, 500);
  const complaint = dateRangeComplaint(draft);
  const about = useId();
  const edit = (next: DateRange) => {
    setDraft(next);
    if (dateRangeComplaint(next) === undefined) settle(next);
    else settle.cancel();
  };
  const field = (label: string, date: keyof DateRange) => (
    <TextInput
      type="date"
      size="xs"
      w={132}
      aria-label={`${label}, ${zone}`}
      title={`${label}, as the calendar of ${zone} has it`}
      aria-describedby={complaint && about}
      error={complaint !== undefined}
      value={draft[date]}
      onChange={(event) => edit({ ...draft, [date]: event.currentTarget.value })}
    />
  );
  return (
    <div className="gw-report-dates">
      {field('First day', 'from')}
      <span aria-hidden="true">–</span>
      {field('Last day', 'to')}
      {complaint && (
        <Input.Error id={about} role="alert">
          {complaint} The report is drawn as it was.
        </Input.Error>
      )}
    </div>
  );
}
