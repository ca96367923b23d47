import { type DurationUnit, durationUnits, joinDuration, splitDuration } from '@gangway/web/kit/rule-editor/duration-units.ts';
import { WholeNumberField } from '@gangway/web/kit/rule-editor/whole-number-field.tsx';
import { Input, Select } from '@mantine/core';

interface DurationFieldProps {
  readonly label: string;
  /** What it is the length of: “the window”. */
  readonly of: string;
  /** Milliseconds. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly error: string | undefined;
}

/** A length of time as an amount and a unit. */
export function DurationField({ label, of, value, onChange, error }: DurationFieldProps) {
  const { amount, unit } = splitDuration(value);
  return (
    <Input.Wrapper label={label} labelElement="div" error={error}>
      <div className="gw-funnel-window">
        <WholeNumberField
          label={`Length of ${of}`}
          min={1}
          max={9999}
          value={amount}
          onChange={(next) => onChange(joinDuration(next, unit))}
        />
        <Select
          aria-label={`Unit of ${of}`}
          w={110}
          allowDeselect={false}
          data={durationUnits.map((entry) => entry.unit)}
          value={unit}
          onChange={(next) => next && onChange(joinDuration(amount, next as DurationUnit))}
        />
      </div>
    </Input.Wrapper>
  );
}
