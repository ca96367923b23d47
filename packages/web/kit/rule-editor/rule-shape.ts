import type { Rule } from '@gangway/product/rules/rule.ts';

/** How a group asks for its parts, in the words of the form. */
export const groupModes = ['all', 'any', 'none', 'not_all'] as const;
export type GroupMode = (typeof groupModes)[number];

export const groupModeWords: Readonly<Record<GroupMode, string>> = {
  all: 'all of these',
  any: 'at least one of these',
  none: 'none of these',
  not_all: 'not all of these',
};

export interface GroupShape {
  readonly mode: GroupMode;
  readonly parts: readonly Rule[];
  /** Where the parts lie in the rule: `not` puts one step before `of`. */
  readonly path: readonly string[];
}

/** Reads a rule as a group; undefined when it is one condition (or the opposite of one). */
export function readGroup(rule: Rule): GroupShape | undefined {
  if (rule.type === 'all' || rule.type === 'any') return { mode: rule.type, parts: rule.of, path: ['of'] };
  if (rule.type !== 'not') return undefined;
  const inner = rule.rule;
  if (inner.type === 'any') return { mode: 'none', parts: inner.of, path: ['rule', 'of'] };
  if (inner.type === 'all') return { mode: 'not_all', parts: inner.of, path: ['rule', 'of'] };
  return undefined;
}

/** The reverse of {@link readGroup}. */
export function writeGroup(mode: GroupMode, parts: readonly Rule[]): Rule {
  switch (mode) {
    case 'all':
    case 'any':
      return { type: mode, of: parts };
    case 'none':
      return { type: 'not', rule: { type: 'any', of: parts } };
    case 'not_all':
      return { type: 'not', rule: { type: 'all', of: parts } };
  }
}

/** The form edits a group at the root: a lone condition becomes a group of one, which means the same. */
export function rootGroup(rule: Rule): GroupShape & { readonly wrapped: boolean } {
  const group = readGroup(rule);
  return group ? { ...group, wrapped: false } : { mode: 'all', parts: [rule], path: [], wrapped: true };
}

/** The opposite of a condition; twice is the condition again. */
export function opposite(rule: Rule): Rule {
  return rule.type === 'not' ? rule.rule : { type: 'not', rule };
}

export type ConditionType = 'event' | 'trait' | 'milestone' | 'page';

/** A fresh condition of a type, still to be filled in. */
export function newCondition(type: ConditionType): Rule {
  switch (type) {
    case 'event':
      return { type, name: '', operator: 'at_least', times: 1 };
    case 'trait':
      return { type, name: '', operator: 'equals', value: '' };
    case 'milestone':
      return { type, id: '' };
    case 'page':
      return { type, path: '' };
  }
}

export const conditionTypeWords: Readonly<Record<ConditionType, string>> = {
  event: 'Did something (event)',
  trait: 'Has a trait',
  milestone: 'Reached a milestone',
  page: 'Is on a page',
};
