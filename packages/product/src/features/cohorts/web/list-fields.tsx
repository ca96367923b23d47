import { Textarea, TextInput } from '@mantine/core';
import type { Cohort } from '../cohort.ts';

/** How a list is called, and what it is for. */
export function ListFields({ value, onChange }: { value: Cohort; onChange: (value: Cohort) => void }) {
  return (
    <>
      <TextInput
        label="Name"
        description="As it reads in a rule: “is on the list Beta guests”."
        maxLength={120}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        data-autofocus
        autoComplete="off"
      />
      <Textarea
        label="Description"
        description="Whom you put on it, and what for."
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={6}
        value={value.description}
        onChange={(event) => onChange({ ...value, description: event.currentTarget.value })}
      />
    </>
  );
}

/** As it is saved: without spaces around the name. */
export function trimmed({ name, description }: Cohort): Cohort {
  return { name: name.trim(), description: description.trim() };
}
