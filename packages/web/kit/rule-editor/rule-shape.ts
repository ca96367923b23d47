import type { Rule } from '@gangway/product/rules/rule.ts';

/** How a group asks for its parts, in the words of the form. */
export const groupModes = ['all', 'any', 'at_least', 'none', 'not_all'] as const;
export type GroupMode = (typeof groupModes)[number];

export const groupModeWords: Readonly<Record<GroupMode, string>> = {
  all: 'all of these',
  any: 'at least one of these',
  at_least: 'so many of these, or more:',
  none: 'none of these',
  not_all: 'not all of these',
};

export interface GroupShape {
  readonly mode: GroupMode;
  readonly parts: readonly Rule[];
  /** How many must hold, for `at_least`. */
  readonly count: number;
  /** Where the parts lie in the rule: `not` puts one step before `of`. */
  readonly path: readonly string[];
}

/** Reads a rule as a group; undefined when it is one condition (or the opposite of one). */
export function readGroup(rule: Rule): GroupShape | undefined {
  if (rule.type === 'all' || rule.type === 'any') return { mode: rule.type, parts: rule.of, count: 1, path: ['of'] };
  if (rule.type === 'at_least') return { mode: 'at_least', parts: rule.of, count: rule.count, path: ['of'] };
  if (rule.type !== 'not') return undefined;
  const inner = rule.rule;
  if (inner.type === 'any') return { mode: 'none', parts: inner.of, count: 1, path: ['rule', 'of'] };
  if (inner.type === 'all') return { mode: 'not_all', parts: inner.of, count: 1, path: ['rule', 'of'] };
  return undefined;
}

/** The reverse of {@link readGroup}. @param count how many must hold, for `at_least`: never more than there are */
export function writeGroup(mode: GroupMode, parts: readonly Rule[], count = 1): Rule {
  switch (mode) {
    case 'all':
    case 'any':
      return { type: mode, of: parts };
    case 'at_least':
      return { type: mode, count: Math.max(1, Math.min(count, parts.length)), of: parts };
    case 'none':
      return { type: 'not', rule: { type: 'any', of: parts } };
    case 'not_all':
      return { type: 'not', rule: { type: 'all', of: parts } };
  }
}

/** The form edits a group at the root: a lone condition becomes a group of one, which means the same. */
export function rootGroup(rule: Rule): GroupShape & { readonly wrapped: boolean } {
  const group = readGroup(rule);
  return group ? { ...group, wrapped: false } : { mode: 'all', parts: [rule], count: 1, path: [], wrapped: true };
}

/** The opposite of a condition; twice is the condition again. */
export function opposite(rule: Rule): Rule {
  return rule.type === 'not' ? rule.rule : { type: 'not', rule };
}

/** What can be asked for. Sums and days of an event are ways to count it, not conditions of their own. */
export const conditionTypes = [
  'event',
  'event_time',
  'sequence',
  'trait',
  'milestone',
  'segment',
  'cohort',
  'content',
  'page',
  'page_query',
  'page_host',
] as const;
export type ConditionType = (typeof conditionTypes)[number];
/** What is known without an open page. */
export const knownTypes: readonly ConditionType[] = [
  'event',
  'event_time',
  'sequence',
  'trait',
  'milestone',
  'segment',
  'cohort',
  'content',
];
/** What is known of an account. */
export const accountTypes: readonly ConditionType[] = ['trait', 'milestone'];

/** A fresh condition of a type, still to be filled in. @param zone where its days begin */
export function newCondition(type: ConditionType, zone: string): Rule {
  switch (type) {
    case 'event':
      return { type, name: '', operator: 'at_least', times: 1 };
    case 'event_time':
      return { type, name: '', which: 'first', operator: 'days_ago_at_most', value: 14, zone };
    case 'sequence':
      return { type, first: { name: '' }, then: { name: '' }, within: 3 * 86_400_000, happened: false };
    case 'trait':
      return { type, name: '', operator: 'equals', value: '' };
    case 'milestone':
    case 'segment':
    case 'cohort':
      return { type, id: '' };
    case 'content':
      return { type, id: '', state: 'completed' };
    case 'page':
      return { type, path: '' };
    case 'page_query':
      return { type, name: '', operator: 'equals', value: '' };
    case 'page_host':
      return { type, operator: 'equals', value: '' };
  }
}

export const conditionTypeWords: Readonly<Record<ConditionType, string>> = {
  event: 'Did something (event)',
  event_time: 'When it was done, first or last',
  sequence: 'Did one thing, then (not) another',
  trait: 'Has a trait',
  milestone: 'Reached a milestone',
  segment: 'Is in a segment',
  cohort: 'Is on a list',
  content: 'Saw or finished a guide',
  page: 'Is on a page',
  page_query: 'Has something in the address',
  page_host: 'Is on a site (host)',
};
