import type { ChecklistContent, ChecklistItem, ChecklistView } from '../checklist.ts';

/** The item to have open: the first that is not ticked. Undefined when all are. */
export function nextItem(content: ChecklistContent, view: ChecklistView): string | undefined {
  return content.items.find((item) => !view.ticked.includes(item.id))?.id;
}

/** Items that are ticked now and were not before. */
export function freshlyTicked(content: ChecklistContent, before: ChecklistView, now: ChecklistView): readonly ChecklistItem[] {
  return content.items.filter((item) => now.ticked.includes(item.id) && !before.ticked.includes(item.id));
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Whether nothing of `under` can be seen below `over`. */
export function covers(over: Box, under: Box): boolean {
  return under.left >= over.left && under.right <= over.right && under.top >= over.top && under.bottom <= over.bottom;
}
