import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import { ruleComplaints } from '@gangway/web/kit/rule-editor/rule-complaints.ts';
import type { Checklist, ChecklistItem } from '../checklist.ts';

/** What keeps a checklist from being saved, said at once and beside the field. The server checks again. */
export function checklistComplaints(list: Checklist): Issue[] {
  const issues: Issue[] = [...nameComplaints(list), ...ruleComplaints(list.audience, ['audience'])];
  if (list.title.trim() === '') issues.push({ path: ['title'], message: 'Give the list a title.' });
  if (list.items.length === 0) issues.push({ path: ['items'], message: 'A checklist needs at least one item.' });
  return [...issues, ...list.items.flatMap((item, index) => itemComplaints(item, ['items', index]))];
}

function itemComplaints(item: ChecklistItem, path: Issue['path']): Issue[] {
  const issues: Issue[] = [];
  const { action } = item;
  if (item.title.trim() === '') issues.push({ path: [...path, 'title'], message: 'Give the item a title.' });
  if (item.milestone === '') issues.push({ path: [...path, 'milestone'], message: 'Choose the milestone that ticks it.' });
  if (action && action.label.trim() === '') issues.push({ path: [...path, 'action', 'label'], message: 'Say what the button does.' });
  if (action?.type === 'navigate' && !/^(https?:\/\/|\/(?![/\\]))/.test(action.url)) {
    issues.push({ path: [...path, 'action', 'url'], message: 'A web address, or a path that starts with /.' });
  }
  if (action?.type === 'start_tour' && action.guide === '')
    issues.push({ path: [...path, 'action', 'guide'], message: 'Choose the tour.' });
  return issues;
}
