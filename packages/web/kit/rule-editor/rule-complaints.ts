import {
  type EventTimeCondition,
  type Occurrence,
  type PageHostCondition,
  type PageQueryCondition,
  type Rule,
  rememberedTimes,
  type TraitCondition,
} from '@gangway/product/rules/rule.ts';
import type { Issue } from '../definitions/issue.ts';
import { type Comparison, isBare, isDate, isListed } from './comparison.ts';
import type { CountCondition } from './count-shape.ts';

const longestWindow = 366 * 86_400_000;
type Path = Issue['path'];

/** What keeps a rule from being saved, each with the path of its field below `path`. Mirrors the server's own check. */
export function ruleComplaints(rule: Rule, path: Path = []): Issue[] {
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
    case 'event_sum':
    case 'event_days':
      return countComplaints(rule, path);
    case 'event_time':
      return [...occurrenceComplaints(rule, path), ...dateComplaints(rule, path)];
    case 'sequence':
      return [...occurrenceComplaints(rule.first, [...path, 'first']), ...occurrenceComplaints(rule.then, [...path, 'then'])];
    case 'milestone':
    case 'segment':
    case 'content':
      return rule.id === '' ? [{ path: [...path, 'id'], message: picks[rule.type] }] : [];
    case 'page':
      return rule.path.startsWith('/') ? [] : [{ path: [...path, 'path'], message: 'A path starts with /, for example /boards/*.' }];
    case 'page_query':
    case 'page_host':
      return addressComplaints(rule, path);
    case 'cohort':
      return [];
  }
}

const picks = { milestone: 'Choose a milestone.', segment: 'Choose a segment.', content: 'Choose a guide or a checklist.' } as const;

function traitComplaints(rule: TraitCondition, path: Path): Issue[] {
  const issues = rule.name.trim() === '' ? [{ path: [...path, 'name'], message: 'Name the trait, for example plan.' }] : [];
  return [...issues, ...valueComplaints(rule, path)];
}

function valueComplaints(comparison: Comparison, path: Path): Issue[] {
  const { operator, value, values } = comparison;
  if (isBare(operator)) return [];
  if (isListed(operator)) return values?.length ? [] : [{ path: [...path, 'value'], message: 'Say at least one value.' }];
  if (value !== undefined && value !== '') return [];
  return [{ path: [...path, 'value'], message: isDate(operator) ? 'Choose a date.' : 'Say which value.' }];
}

function dateComplaints({ operator, value }: EventTimeCondition, path: Path): Issue[] {
  return valueComplaints({ operator, value }, path);
}

function occurrenceComplaints({ name, where = [] }: Occurrence, path: Path): Issue[] {
  const unnamed = name.trim() === '' ? [{ path: [...path, 'name'], message: 'Choose an event.' }] : [];
  const conditions = where.flatMap((condition, index): Issue[] => {
    const place = [...path, 'where', index];
    const property =
      condition.property.trim() === '' ? [{ path: [...place, 'property'], message: 'Name the property, for example currency.' }] : [];
    return [...property, ...valueComplaints(condition, place)];
  });
  return [...unnamed, ...conditions];
}

function countComplaints(rule: CountCondition, path: Path): Issue[] {
  const issues = occurrenceComplaints(rule, path);
  if (rule.type === 'event_sum' && rule.property.trim() === '')
    issues.push({ path: [...path, 'property'], message: 'Name the property whose numbers are added up.' });
  if (rule.type !== 'event' || rule.within === undefined) return issues;
  if (rule.times >= rememberedTimes)
    issues.push({
      path: [...path, 'times'],
      message: `Within a rolling window, count to ${rememberedTimes - 1} at most; calendar days count any number.`,
    });
  if (rule.within > longestWindow) issues.push({ path: [...path, 'within'], message: 'At most 366 days.' });
  return issues;
}

function addressComplaints(rule: PageQueryCondition | PageHostCondition, path: Path): Issue[] {
  const unnamed =
    rule.type === 'page_query' && rule.name.trim() === ''
      ? [{ path: [...path, 'name'], message: 'Name the parameter, for example tab.' }]
      : [];
  return [...unnamed, ...valueComplaints(rule, path)];
}
