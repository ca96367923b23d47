import { DefinitionList } from '@gangway/web/kit/definitions/definition-list.tsx';
import { checklistWords } from './checklist-words.ts';
import { newChecklist } from './new-item.ts';

/** Every checklist, with how many people saw, completed and dismissed it. */
export function ChecklistList() {
  return (
    <DefinitionList
      words={checklistWords}
      purpose="What a new user does first, ticked by facts, always one click away in the page."
      whatFor="A checklist shows people the few things that lead to their first value. Milestones tick the items, so it is never wrong about what was done."
      starter={newChecklist}
    />
  );
}
