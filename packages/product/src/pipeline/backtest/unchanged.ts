import { dependencies } from '../../rules/dependencies.ts';
import type { Rule } from '../../rules/rule.ts';
import type { PersonDoc, SubjectDoc } from '../subject-doc.ts';

type AnyDoc = SubjectDoc & Partial<PersonDoc>;

/** Everything of a document that rules read, besides the plain counts of events. */
const parts = ['traits', 'milestones', 'states', 'cohorts', 'features', 'contents', 'accounts', 'accountTraits', 'memberships'] as const;

/** The names of events whose counts a rule reads. */
export function eventsOf(rule: Rule): readonly string[] {
  return [...dependencies(rule)].flatMap((key) => (key.startsWith('event:') ? [key.slice('event:'.length)] : []));
}

/**
 * Whether nothing that a rule could read has changed between two documents of a subject. Parts are replaced, never
 * changed, so that asking whether they are the same object is enough.
 */
export function unchanged(before: AnyDoc | undefined, after: AnyDoc, events: readonly string[]): boolean {
  if (before === undefined) return false;
  if (before === after) return true;
  if (!parts.every((part) => before[part] === after[part])) return false;
  const [counts, later] = [before.events, after.events];
  return counts === later || (counts !== undefined && later !== undefined && events.every((name) => counts.agrees(later, name)));
}
