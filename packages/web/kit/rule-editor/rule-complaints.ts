import { type EventCondition, type Rule, rememberedTimes, type TraitCondition } from '@gangway/product/rules/rule.ts';
import type { Issue } from '../definitions/issue.ts';

const longestWindow = 366 * 86_400_000;

/** What keeps a rule from being saved, each with the path of its field below `path`. Mirrors the server's own check for what this form edits; the server speaks of the rest. */
export function ruleComplaints(rule: Rule, path: Issue['path'] = []): Issue[] {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least':
      return rule.of.flatMap((part, index) => ruleComplaints(part, [...path, 'of', index]));
    case 'not':
      return ruleComplaints(rule.rule, [...path, 'rule']);
    case 'trait':
      return traitComplaints(rule, path);
    case 'event':
      return eventComplaints(rule, path);
    case 'milestone':
      return rule.id === '' ? [{ path: [...path, 'id'], message: 'Choose a milestone.' }] : [];
    case 'page':
      return rule.path.startsWith('/') ? [] : [{ path: [...path, 'path'], message: 'A path starts with /, for example /boards/*.' }];
    default:
      return [];
  }
}

function traitComplaints(rule: TraitCondition, path: Issue['path']): Issue[] {
  const bare = rule.operator === 'exists' || rule.operator === 'missing' || rule.values !== undefined;
  const issues: Issue[] = [];
  if (rule.name.trim() === '') issues.push({ path: [...path, 'name'], message: 'Name the trait, for example plan.' });
  if (!bare && (rule.value === undefined || rule.value === '')) issues.push({ path: [...path, 'value'], message: 'Say which value.' });
  return issues;
}

function eventComplaints(rule: EventCondition, path: Issue['path']): Issue[] {
  const issues: Issue[] = [];
  if (rule.name.trim() === '') issues.push({ path: [...path, 'name'], message: 'Choose an event.' });
  if (rule.within !== undefined && rule.times >= rememberedTimes) {
    issues.push({ path: [...path, 'times'], message: `Within a window, count to ${rememberedTimes - 1} at most.` });
  }
  if (rule.within !== undefined && rule.within > longestWindow) issues.push({ path: [...path, 'within'], message: 'At most 366 days.' });
  return issues;
}
