import { Input, SegmentedControl } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface ChoiceFieldProps<Value extends string> {
  readonly label: string;
  readonly data: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What the chosen one means. */
  readonly description?: ReactNode;
  readonly error?: string | undefined;
}

/** One of a few, all in sight. */
export function ChoiceField<Value extends string>({ label, data, value, onChange, description, error }: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <div className="gw-choice">
      <Input.Label labelElement="div" id={id}>
        {label}
      </Input.Label>
      <SegmentedControl aria-labelledby={id} data={[...data]} value={value} onChange={onChange} />
      {description && <Input.Description>{description}</Input.Description>}
      {error && <Input.Error>{error}</Input.Error>}
    </div>
  );
}
