import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Autocomplete } from '@mantine/core';

interface PropertyUse {
  readonly name: string;
  readonly values: readonly string[];
}

/** Properties of an event's newest rows, for pickers; of any event when it is empty. Empty while they load. */
export function useProperties(event: string): readonly PropertyUse[] {
  return useAnswer<{ properties: PropertyUse[] }>('reports/properties', { event }).data?.properties ?? [];
}

interface PropertyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (property: string) => void;
  /** Whose properties are offered; any event's when empty. */
  readonly event?: string;
  readonly error?: string | undefined;
  /** Shows the label above the field. */
  readonly labelled?: boolean;
}

/** A property by name, offered from those that were seen; another may be typed. */
export function PropertyField({ label, value, onChange, event = '', error, labelled = false }: PropertyFieldProps) {
  const properties = useProperties(event);
  return (
    <Autocomplete
      {...(labelled ? { label } : { 'aria-label': label })}
      placeholder="plan"
      flex="1 1 120px"
      maxLength={200}
      data={properties.map(({ name }) => name)}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
