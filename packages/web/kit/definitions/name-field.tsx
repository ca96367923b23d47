import { TextInput } from '@mantine/core';
import { type Issue, issueAt } from './issue.ts';

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly issues: readonly Issue[];
  /** Who reads it: “For you and your team.” */
  readonly description?: string;
}

/** The name of a definition. */
export function NameField({ value, onChange, issues, description = 'For you and your team; nobody else sees it.' }: NameFieldProps) {
  return (
    <TextInput
      label="Name"
      description={description}
      maxLength={120}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={issueAt(issues, ['name'])}
    />
  );
}

/** The complaint that every definition without a name gets. */
export function nameComplaints(body: { readonly name: string }): Issue[] {
  return body.name.trim() === '' ? [{ path: ['name'], message: 'Give it a name.' }] : [];
}
