import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import type { Funnel } from '../funnel.ts';

const longest = 366 * 86_400_000;

/** What keeps a funnel from being saved and counted. The server checks again. */
export function funnelComplaints(funnel: Funnel): Issue[] {
  const issues: Issue[] = nameComplaints(funnel);
  if (funnel.steps.length < 2) issues.push({ path: ['steps'], message: 'A funnel needs at least two steps.' });
  funnel.steps.forEach((step, index) => {
    if (step.type === 'event' && step.name.trim() === '') issues.push({ path: ['steps', index, 'name'], message: 'Choose an event.' });
    if (step.type === 'milestone' && step.id === '') issues.push({ path: ['steps', index, 'id'], message: 'Choose a milestone.' });
  });
  if (funnel.within > longest) issues.push({ path: ['within'], message: 'At most 366 days.' });
  return issues;
}
