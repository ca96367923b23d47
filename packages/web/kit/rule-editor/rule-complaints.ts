import {
  type EventTimeCondition,
  longestDays,
  longestWindow,
  type Occurrence,
  type PageHostCondition,
  type PageQueryCondition,
  type Rule,
  rememberedDays,
  rememberedTimes,
  type TraitCondition,
} from '@gangway/product/rules/rule.ts';
import { largestSum } from '@gangway/product/rules/thousandths.ts';
import type { Issue } from '../definitions/issue.ts';
import { type Comparison, isBare, isDate, isListed } from './comparison.ts';
import type { CountCondition } from './count-shape.ts';

type Path = Issue['path'];

/**
 * What keeps a rule from being saved, each with the path of its field below `path`. Says all that the server would
 * say of what the form can make, but for patterns: only the server compiles those.
 */
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
      return [
        ...occurrenceComplaints(rule.first, [...path, 'first']),
        ...occurrenceComplaints(rule.then, [...path, 'then']),
        ...windowComplaints(rule.within, path),
      ];
    case 'milestone':
    case 'segment':
    case 'cohort':
    case 'content':
      return rule.id === '' ? [{ path: [...path, 'id'], message: picks[rule.type] }] : [];
    case 'page':
      return rule.path.startsWith('/') ? [] : [{ path: [...path, 'path'], message: 'A path starts with /, for example /boards/*.' }];
    case 'page_query':
    case 'page_host':
      return addressComplaints(rule, path);
  }
}

const picks = {
  milestone: 'Choose a milestone.',
  segment: 'Choose a segment.',
  cohort: 'Choose a list.',
  content: 'Choose a guide or a checklist.',
} as const;

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
  return [...occurrenceComplaints(rule, path), ...amountComplaints(rule, path)];
}

function amountComplaints(rule: CountCondition, path: Path): Issue[] {
  const issue = (member: string, message: string): Issue => ({ path: [...path, member], message });
  switch (rule.type) {
    case 'event_sum':
      return [
        ...(rule.property.trim() === '' ? [issue('property', 'Name the property whose numbers are added up.')] : []),
        ...(Math.abs(rule.value) > largestSum ? [issue('value', 'At most nine trillion.')] : []),
      ];
    case 'event_days':
      return rule.times < rememberedDays ? [] : [issue('times', `Days are counted to ${rememberedDays - 1} at most.`)];
    case 'event':
      if (rule.within === undefined) return [];
      return [
        ...(rule.times < rememberedTimes
          ? []
          : [issue('times', `Within a rolling window, count to ${rememberedTimes - 1} at most; calendar days count any number.`)]),
        ...windowComplaints(rule.within, path),
      ];
  }
}

function windowComplaints(within: number, path: Path): Issue[] {
  return within > longestWindow ? [{ path: [...path, 'within'], message: `At most ${longestDays} days.` }] : [];
}

function addressComplaints(rule: PageQueryCondition | PageHostCondition, path: Path): Issue[] {
  const unnamed =
    rule.type === 'page_query' && rule.name.trim() === ''
      ? [{ path: [...path, 'name'], message: 'Name the parameter, for example tab.' }]
      : [];
  return [...unnamed, ...valueComplaints(rule, path)];
}
