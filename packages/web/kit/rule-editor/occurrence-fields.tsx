import type { Occurrence, PropertyCondition, ValueOperator } from '@gangway/product/rules/rule.ts';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Issue, issueAt } from '../definitions/issue.ts';
import { Icon } from '../icon.tsx';
import { ComparisonFields } from './comparison-fields.tsx';
import { EventNameField } from './event-name-field.tsx';
import type { RuleChoices } from './rule-choices.ts';
import './rule-editor.css';
import { useQuiet } from './use-quiet.ts';

interface OccurrenceFieldsProps {
  readonly label: string;
  readonly occurrence: Occurrence;
  readonly onChange: (occurrence: Occurrence) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
  readonly choices: RuleChoices;
}

const mostProperties = 10;

/** An event by name, and what its properties must be: “Order Completed where currency is EUR”. */
export function OccurrenceFields({ label, occurrence, onChange, issues, path, choices }: OccurrenceFieldsProps) {
  const { name, where = [] } = occurrence;
  const set = (next: readonly PropertyCondition[]) => onChange({ name, ...(next.length === 0 ? {} : { where: next }) });
  const replace = (index: number, ...conditions: PropertyCondition[]) => set(where.toSpliced(index, 1, ...conditions));
  const [fresh, setFresh] = useState<number | undefined>(undefined);
  return (
    <>
      <EventNameField
        label={label}
        value={name}
        onChange={(next) => onChange({ ...occurrence, name: next })}
        seen={choices.events}
        error={issueAt(issues, [...path, 'name'])}
      />
      {where.map((condition, index) => (
        <PropertyFields
          // Conditions have no identity of their own: the position is the key, and every field is controlled.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          key={index}
          lead={index === 0 ? 'where' : 'and'}
          condition={condition}
          onChange={(next) => replace(index, next)}
          onRemove={() => {
            setFresh(undefined);
            replace(index);
          }}
          zone={choices.zone}
          fresh={fresh === index}
          error={(member) => issueAt(issues, [...path, 'where', index, member])}
        />
      ))}
      {where.length < mostProperties && (
        <Button
          variant="subtle"
          size="compact-sm"
          className="gw-rule-where"
          data-more={where.length > 0 || undefined}
          leftSection={<Icon name="plus" />}
          onClick={() => {
            setFresh(where.length);
            set([...where, { property: '', operator: 'equals', value: '' }]);
          }}
        >
          {where.length === 0 ? 'where' : 'and'}
        </Button>
      )}
    </>
  );
}

interface PropertyFieldsProps {
  readonly lead: string;
  readonly condition: PropertyCondition;
  readonly onChange: (condition: PropertyCondition) => void;
  readonly onRemove: () => void;
  readonly zone: string;
  /** It was just added: its first field takes the focus. */
  readonly fresh: boolean;
  readonly error: (member: 'property' | 'value') => string | undefined;
}

function PropertyFields({ lead, condition, onChange, onRemove, zone, fresh, error }: PropertyFieldsProps) {
  const { property, ...comparison } = condition;
  const { quiet, listen } = useQuiet(fresh);
  const shown = (member: 'property' | 'value') => (quiet ? undefined : error(member));
  return (
    <span className="gw-rule-property" {...listen}>
      <span className="gw-rule-word">{lead}</span>
      <TextInput
        aria-label="Property"
        placeholder="currency"
        className="gw-rule-trait"
        value={property}
        onChange={(event) => onChange({ ...condition, property: event.currentTarget.value })}
        onBlur={() => property !== property.trim() && onChange({ ...condition, property: property.trim() })}
        error={shown('property')}
        autoFocus={fresh}
      />
      <ComparisonFields
        comparison={comparison}
        onChange={({ operator, value, values }) =>
          onChange({
            property,
            operator: operator as ValueOperator,
            ...(value === undefined ? {} : { value }),
            ...(values === undefined ? {} : { values }),
          })
        }
        operators="values"
        zone={zone}
        error={shown('value')}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove the condition on ${property || 'this property'}`} onClick={onRemove}>
        <Icon name="cross" />
      </ActionIcon>
    </span>
  );
}
