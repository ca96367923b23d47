import { AudienceSection } from '@gangway/web/kit/definitions/audience-section.tsx';
import { FormSection } from '@gangway/web/kit/definitions/form-section.tsx';
import { issueAt } from '@gangway/web/kit/definitions/issue.ts';
import { NameField } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Editing } from '@gangway/web/kit/definitions/use-editing.ts';
import { useRuleChoices } from '@gangway/web/kit/definitions/use-rule-choices.ts';
import { PartList } from '@gangway/web/kit/part-list/part-list.tsx';
import { namerOf } from '@gangway/web/kit/rule-editor/rule-choices.ts';
import { Input, Textarea, TextInput } from '@mantine/core';
import type { Checklist } from '../checklist.ts';
import { ItemForm } from './item-form.tsx';
import { copyItem, newItem } from './new-item.ts';

interface ChecklistFormProps {
  readonly editing: Editing<Checklist>;
  /** The id of the item whose form is open. */
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}

/** The form of a checklist. */
export function ChecklistForm({ editing, open, onOpen }: ChecklistFormProps) {
  const { draft, change } = editing;
  const { body, issues } = draft;
  const choices = useRuleChoices();
  const nameOf = namerOf(choices.milestones);
  const set = (part: Partial<Checklist>) => change({ ...body, ...part });
  const noItems = issueAt(issues, ['items']);
  return (
    <>
      <FormSection title="About">
        <NameField value={body.name} onChange={(name) => set({ name })} issues={issues} />
        <TextInput
          label="Title"
          description="As people in your product read it."
          maxLength={120}
          value={body.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={issueAt(issues, ['title'])}
        />
        <Textarea
          label="Introduction"
          maxLength={2000}
          value={body.intro}
          onChange={(event) => set({ intro: event.currentTarget.value })}
          error={issueAt(issues, ['intro'])}
        />
      </FormSection>
      <AudienceSection editing={editing} choices={choices} />
      <FormSection title="Items" purpose="Each is ticked when its milestone is reached, also when that was before.">
        <PartList
          noun="item"
          parts={body.items}
          onChange={(items) => set({ items })}
          titleOf={(item) => item.title}
          noteOf={(item) => (item.milestone === '' ? undefined : nameOf(item.milestone))}
          open={open}
          onOpen={onOpen}
          create={() => newItem(body.items)}
          copy={(item) => copyItem(item, body.items)}
          max={20}
          issues={issues}
          path={['items']}
          form={(item, setItem, path) => <ItemForm item={item} onChange={setItem} issues={issues} path={path} />}
        />
        {noItems && <Input.Error>{noItems}</Input.Error>}
      </FormSection>
    </>
  );
}
