import { useAnswer } from '@gangway/web/kit/api/use-answer.ts';
import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';

interface PropertyUse {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * Properties of an event's newest rows, for pickers; of any event when it is empty. Asked for half a second after the
 * name was last edited. Empty while they load.
 * @param wanted false asks for nothing
 */
export function useProperties(event: string, wanted = true): readonly PropertyUse[] {
  const [settled] = useDebouncedValue(event, 500);
  return useAnswer<{ properties: PropertyUse[] }>('reports/properties', { event: settled }, { enabled: wanted }).data?.properties ?? [];
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
