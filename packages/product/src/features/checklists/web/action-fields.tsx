import { ChoiceField } from '@gangway/web/kit/definitions/choice-field.tsx';
import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { useDefinitionNames } from '@gangway/web/kit/definitions/use-definitions.ts';
import { Select, TextInput } from '@mantine/core';
import type { ChecklistItem } from '../checklist.ts';

type Action = NonNullable<ChecklistItem['action']>;

interface ActionFieldsProps {
  readonly value: Action | undefined;
  readonly onChange: (action: Action | undefined) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
}

/** What the item's button does: nothing, open a page, or start a tour. */
export function ActionFields({ value, onChange, issues, path }: ActionFieldsProps) {
  const choose = (type: Action['type'] | 'none') => {
    if (type === 'navigate') onChange({ type, url: value?.type === type ? value.url : '/', label: value?.label || 'Show me' });
    else if (type === 'start_tour') onChange({ type, guide: '', label: value?.label || 'Show me' });
    else onChange(undefined);
  };
  return (
    <div>
      <ChoiceField
        label="Button"
        data={[
          { value: 'none', label: 'None' },
          { value: 'navigate', label: 'Open a page' },
          { value: 'start_tour', label: 'Start a tour' },
        ]}
        value={value?.type ?? 'none'}
        onChange={choose}
      />
      {value && (
        <div className="gw-item-grid">
          {value.type === 'navigate' ? (
            <TextInput
              label="Page"
              placeholder="/boards"
              value={value.url}
              onChange={(event) => onChange({ ...value, url: event.currentTarget.value })}
              error={issueAt(issues, [...path, 'url'])}
            />
          ) : (
            <TourPicker
              value={value.guide}
              onChange={(guide) => onChange({ ...value, guide })}
              error={issueAt(issues, [...path, 'guide'])}
            />
          )}
          <TextInput
            label="Words on the button"
            maxLength={120}
            value={value.label}
            onChange={(event) => onChange({ ...value, label: event.currentTarget.value })}
            error={issueAt(issues, [...path, 'label'])}
          />
        </div>
      )}
    </div>
  );
}

function TourPicker({ value, onChange, error }: { value: string; onChange: (guide: string) => void; error: string | undefined }) {
  const guides = useDefinitionNames('guides');
  const rows = guides.data?.definitions ?? [];
  const options = rows.map((row) => ({ value: row.id, label: row.live ? row.name : `${row.name} (not live)` }));
  const gone = value !== '' && guides.data && !rows.some((row) => row.id === value);
  return (
    <Select
      label="Tour"
      placeholder="Choose a tour"
      searchable
      nothingFoundMessage={guides.isPending ? 'Looking…' : 'No tour of that name'}
      data={gone ? [...options, { value, label: `${value} (not found)` }] : options}
      value={value === '' ? null : value}
      onChange={(guide) => onChange(guide ?? '')}
      error={error}
    />
  );
}
