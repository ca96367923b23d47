import { Select } from '@mantine/core';
import { type DurationUnit, durationUnits, joinDuration, splitDuration } from './duration-units.ts';
import { WholeNumberField } from './whole-number-field.tsx';

interface DurationFieldsProps {
  /** What has this length: “the window”. */
  readonly label: string;
  /** Milliseconds. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly error: string | undefined;
}

/** A length of time: a number and its unit. */
export function DurationFields({ label, value, onChange, error }: DurationFieldsProps) {
  const { amount, unit } = splitDuration(value);
  return (
    <>
      <WholeNumberField
        label={`Length of ${label}`}
        min={1}
        value={amount}
        onChange={(next) => onChange(joinDuration(next, unit))}
        width={56}
        error={error}
      />
      <Select
        aria-label={`Unit of ${label}`}
        w={104}
        allowDeselect={false}
        data={durationUnits.map((entry) => entry.unit)}
        value={unit}
        onChange={(next) => next && onChange(joinDuration(amount, next as DurationUnit))}
      />
    </>
  );
}
