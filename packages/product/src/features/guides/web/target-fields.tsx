import { ChoiceField } from '@gangway/web/kit/definitions/choice-field.tsx';
import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { TextInput } from '@mantine/core';
import type { Target } from '../../../kernel/target.ts';

interface TargetFieldsProps {
  /** Absent = the card stands in the middle. */
  readonly value: Target | undefined;
  readonly onChange: (target: Target | undefined) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
}

const fields: readonly {
  readonly key: keyof Target;
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
}[] = [
  { key: 'testId', label: 'Test id', description: 'data-testid, data-test, data-cy or data-qa: the steadiest.', placeholder: 'new-board' },
  { key: 'id', label: 'Element id', description: 'Its id attribute.', placeholder: 'create' },
  { key: 'text', label: 'Visible text', description: 'What the button says.', placeholder: 'New board' },
  {
    key: 'selector',
    label: 'CSS selector',
    description: 'Alone decides when given. >>> goes into a shadow root.',
    placeholder: 'nav > button.primary',
  },
];

/** How a step finds its element. More evidence makes a safer match; a weak or ambiguous one finds nothing. */
export function TargetFields({ value, onChange, issues, path }: TargetFieldsProps) {
  const set = (key: keyof Target, text: string) => {
    const { [key]: _before, ...rest } = value ?? {};
    onChange(text.trim() === '' ? rest : { ...rest, [key]: text });
  };
  return (
    <div>
      <ChoiceField
        label="Where"
        data={[
          { value: 'middle', label: 'Middle of the page' },
          { value: 'element', label: 'At an element' },
        ]}
        value={value ? 'element' : 'middle'}
        onChange={(where) => onChange(where === 'element' ? {} : undefined)}
        error={value ? issueAt(issues, path) : undefined}
      />
      {value && (
        <div className="gw-step-grid">
          {fields.map((field) => (
            <TextInput
              key={field.key}
              label={field.label}
              description={field.description}
              placeholder={field.placeholder}
              autoComplete="off"
              spellCheck={false}
              value={value[field.key] ?? ''}
              onChange={(event) => set(field.key, event.currentTarget.value)}
              error={issueAt(issues, [...path, field.key])}
            />
          ))}
        </div>
      )}
    </div>
  );
}
