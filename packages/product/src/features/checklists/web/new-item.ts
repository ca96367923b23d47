import { newPartId } from '@gangway/web/kit/definitions/new-definition-id.ts';
import type { Checklist, ChecklistItem } from '../checklist.ts';

/** A fresh item; it waits for its milestone. */
export function newItem(taken: readonly ChecklistItem[]): ChecklistItem {
  return {
    id: newPartId(
      'item',
      taken.map((item) => item.id),
    ),
    title: '',
    description: '',
    milestone: '',
  };
}

/** A copy of an item with an id of its own. */
export function copyItem(item: ChecklistItem, taken: readonly ChecklistItem[]): ChecklistItem {
  return {
    ...item,
    id: newPartId(
      'item',
      taken.map((other) => other.id),
    ),
  };
}

/** The first draft of a checklist. */
export function newChecklist(name: string): Checklist {
  return { name, audience: { type: 'all', of: [] }, title: 'Get started', intro: '', items: [newItem([])] };
}
