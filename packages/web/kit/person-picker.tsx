import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { PersonRow } from './api/answers.ts';
import { useAnswer } from './api/use-answer.ts';
import { personLabel } from './person-label.ts';

/** Finds a person by name, mail or id; the most recently seen are offered first. Value: the person's id, or null. */
export function PersonPicker({
  label,
  value,
  onChange,
  first = false,
}: {
  label: string;
  value: string | null;
  onChange: (person: string | null) => void;
  /** Takes the focus in a dialog that opens, and shows nothing before it is typed in. */
  first?: boolean;
}) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 200);
  const found = useAnswer<{ people: readonly PersonRow[] }>('people', { search, limit: 20 });
  const people = found.data?.people ?? [];
  const data = people.map((person) => ({
    value: person.id,
    label: person.name && person.email ? `${person.name} (${person.email})` : personLabel(person),
  }));
  return (
    <Select
      label={label}
      placeholder="Name, mail or id"
      searchable
      clearable
      {...(first ? { 'data-autofocus': true, openOnFocus: false } : {})}
      data={data}
      value={value}
      onChange={onChange}
      onSearchChange={setText}
      // The server has searched already, also in ids that the label does not show.
      filter={({ options }) => options}
      nothingFoundMessage={found.isPending ? 'Looking…' : 'Nobody has this name, mail or id'}
    />
  );
}
