import { Autocomplete } from '@mantine/core';
import './rule-editor.css';

interface EventNameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Names that were seen; empty while they load. */
  readonly seen: readonly string[];
  readonly error: string | undefined;
  readonly placeholder?: string;
}

/** An event by name, offered from those that were seen. Another may be typed, since one may be named before it is first sent. */
export function EventNameField({ label, value, onChange, seen, error, placeholder = 'Board Created' }: EventNameFieldProps) {
  const unseen = value.trim() !== '' && seen.length > 0 && !seen.includes(value.trim());
  return (
    <Autocomplete
      aria-label={label}
      placeholder={placeholder}
      className="gw-rule-name"
      data={[...seen]}
      value={value}
      onChange={onChange}
      // A space that nobody sees would never match.
      onBlur={() => value !== value.trim() && onChange(value.trim())}
      error={error}
      {...(unseen && error === undefined
        ? { description: 'Not seen here yet: check the spelling.', inputWrapperOrder: ['input', 'description'] as const }
        : {})}
    />
  );
}
