import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { Icon } from '@gangway/web/kit/icon.tsx';
import { ActionIcon, Autocomplete, Button, Select } from '@mantine/core';
import type { PropertyTest } from '../../property-test.ts';
import { PropertyField, useProperties } from './property-field.tsx';

const operators = [
  { value: 'equals', label: 'is' },
  { value: 'not_equals', label: 'is not' },
  { value: 'contains', label: 'contains' },
  { value: 'exists', label: 'is there' },
  { value: 'not_exists', label: 'is not there' },
];
const most = 5;

interface WhereFieldsProps {
  readonly tests: readonly PropertyTest[];
  readonly onChange: (tests: readonly PropertyTest[]) => void;
  /** What they belong to: “step 1”. */
  readonly label: string;
  readonly event: string;
  readonly issues: readonly Issue[];
  /** Where the tests lie in the body. */
  readonly path: Issue['path'];
}

/** What the properties of an event must be; all of it. */
export function WhereFields({ tests, onChange, label, event, issues, path }: WhereFieldsProps) {
  const properties = useProperties(event, tests.length > 0);
  return (
    <div className="gw-report-where">
      {tests.map((test, index) => {
        const set = (next: PropertyTest) => onChange(tests.toSpliced(index, 1, next));
        const name = `condition ${index + 1} of ${label}`;
        return (
          <div key={index} className="gw-report-where-row">
            <PropertyField
              label={`Property of ${name}`}
              value={test.property}
              event={event}
              onChange={(property) => set({ ...test, property })}
              error={issueAt(issues, [...path, index])}
            />
            <Select
              aria-label={`Comparison of ${name}`}
              w={116}
              allowDeselect={false}
              data={operators}
              value={test.type}
              onChange={(type) => set(testOf(type as PropertyTest['type'], test))}
            />
            {'value' in test && (
              <Autocomplete
                aria-label={`Value of ${name}`}
                flex="1 1 96px"
                maxLength={500}
                data={[...(properties.find((property) => property.name === test.property)?.values ?? [])]}
                value={test.value}
                onChange={(value) => set({ ...test, value })}
              />
            )}
            <ActionIcon aria-label={`Remove ${name}`} onClick={() => onChange(tests.toSpliced(index, 1))}>
              <Icon name="cross" />
            </ActionIcon>
          </div>
        );
      })}
      {tests.length < most && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={`Add a condition to ${label}`}
          onClick={() => onChange([...tests, { type: 'equals', property: '', value: '' }])}
        >
          Add a condition
        </Button>
      )}
    </div>
  );
}

function testOf(type: PropertyTest['type'], { property, ...rest }: PropertyTest): PropertyTest {
  if (type === 'exists' || type === 'not_exists') return { type, property };
  return { type, property, value: 'value' in rest ? rest.value : '' };
}
