import type { Issue } from '@gangway/web/kit/definitions/issue.ts';
import { nameComplaints } from '@gangway/web/kit/definitions/name-field.tsx';
import { ruleComplaints } from '@gangway/web/kit/rule-editor/rule-complaints.ts';
import type { Tour, TourStep } from '../guide.ts';
import { linkComplaint } from './link-complaint.ts';

/** What keeps a tour from being saved, said at once and beside the field. The server checks again. */
export function tourComplaints(tour: Tour): Issue[] {
  const none: Issue[] = tour.steps.length === 0 ? [{ path: ['steps'], message: 'A tour needs at least one step.' }] : [];
  return [
    ...nameComplaints(tour),
    ...ruleComplaints(tour.audience, ['audience']),
    ...none,
    ...tour.steps.flatMap((step, index) => stepComplaints(step, ['steps', index])),
  ];
}

function stepComplaints(step: TourStep, path: Issue['path']): Issue[] {
  const issues: Issue[] = [];
  const link = linkComplaint(step.body);
  if (step.title.trim() === '') issues.push({ path: [...path, 'title'], message: 'Give the step a title.' });
  if (link !== undefined) issues.push({ path: [...path, 'body'], message: link });
  if (step.target && Object.values(step.target).every((value) => value === undefined || value === '')) {
    issues.push({ path: [...path, 'target'], message: 'Say how to find the element, or show the card in the middle.' });
  }
  if (step.target?.selector !== undefined && !isSelector(step.target.selector)) {
    issues.push({ path: [...path, 'target', 'selector'], message: 'This is not a CSS selector that a browser understands.' });
  }
  if (step.path !== undefined && !step.path.startsWith('/'))
    issues.push({ path: [...path, 'path'], message: 'A path starts with /, for example /boards/*.' });
  return issues;
}

/** Each piece between `>>>` (which goes into a shadow root) must be a selector by itself. */
function isSelector(text: string): boolean {
  try {
    const probe = document.createDocumentFragment();
    for (const piece of text.split('>>>')) probe.querySelector(piece);
    return true;
  } catch {
    return false;
  }
}
