import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface NumberValueProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly error: string | undefined;
  readonly label?: string;
}

/** A number as it is typed (also “-” and “1.”, which are not numbers yet). */
export function NumberValue({ value, onChange, error, label = 'Value' }: NumberValueProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const wrong = typed !== undefined && (typed.trim() === '' || Number.isNaN(Number(typed)));
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      w={96}
      value={typed ?? String(value)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (text.trim() !== '' && Number.isFinite(Number(text))) onChange(Number(text));
      }}
      onBlur={() => setTyped(undefined)}
      error={wrong ? 'A number, please.' : error}
    />
  );
}
