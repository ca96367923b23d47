import { NumberInput } from '@mantine/core';
import { useState } from 'react';

export interface WholeNumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  /** Pixels. */
  readonly width?: number;
  readonly error?: string | undefined;
  /** Shows the label above the field; otherwise it is for assistive technology only. */
  readonly labelled?: boolean;
  readonly description?: string;
}

/** A whole number that may be empty while it is being typed; leaving it empty brings the last value back. */
export function WholeNumberField(props: WholeNumberFieldProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const { min = 0, max = 1_000_000 } = props;
  return (
    <NumberInput
      {...(props.labelled ? { label: props.label } : { 'aria-label': props.label })}
      {...(props.description === undefined ? {} : { description: props.description })}
      size="sm"
      {...(props.labelled ? { maw: props.width ?? 160 } : { w: props.width ?? 72 })}
      value={typed ?? props.value}
      onChange={(value) => {
        setTyped(String(value));
        const number = typeof value === 'number' ? value : Number.parseInt(value, 10);
        if (Number.isInteger(number) && number >= min && number <= max) props.onChange(number);
      }}
      onBlur={() => setTyped(undefined)}
      min={min}
      max={max}
      allowDecimal={false}
      hideControls
      error={props.error}
    />
  );
}
