import { type Issue, issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { MilestonePicker } from '@gangway/web/kit/definitions/milestone-picker.tsx';
import { Textarea, TextInput } from '@mantine/core';
import type { ChecklistItem } from '../checklist.ts';
import { ActionFields } from './action-fields.tsx';
import './checklists.css';

interface ItemFormProps {
  readonly item: ChecklistItem;
  readonly onChange: (item: ChecklistItem) => void;
  readonly issues: readonly Issue[];
  readonly path: Issue['path'];
}

/** The form of one item. */
export function ItemForm({ item, onChange, issues, path }: ItemFormProps) {
  const set = (part: Partial<ChecklistItem>) => onChange({ ...item, ...part });
  return (
    <>
      <TextInput
        label="Title"
        maxLength={120}
        value={item.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'title'])}
      />
      <Textarea
        label="Description"
        description="Shown when the item is opened."
        maxLength={2000}
        value={item.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={issueAt(issues, [...path, 'description'])}
      />
      <MilestonePicker
        label="Ticked by"
        description="A fact, not a click."
        value={item.milestone}
        onChange={(milestone) => set({ milestone })}
        error={issueAt(issues, [...path, 'milestone'])}
      />
      <ActionFields
        value={item.action}
        onChange={(action) => {
          const { action: _before, ...rest } = item;
          onChange(action ? { ...rest, action } : rest);
        }}
        issues={issues}
        path={[...path, 'action']}
      />
    </>
  );
}
