import { contentWords, describeCount, describePage, describeSequence, describeTime, describeTrait } from './describe-condition.ts';
import { describeFound } from './describe-found.ts';
import type { Why } from './evaluate.ts';
import type { Rule } from './rule.ts';

/** How ids become words: the caller knows the names. Without a function for its kind, an id stays as it is. */
export interface Names {
  milestone(id: string): string;
  segment?(id: string): string;
  cohort?(id: string): string;
  /** Of a guide or a checklist. */
  content?(id: string): string;
}

/** One line of an explanation. */
export interface WhyLine {
  readonly depth: number;
  readonly text: string;
  readonly answer: 'yes' | 'no' | 'unknown';
  /** What was found, in words; null where nothing was known or there is nothing to say. */
  readonly found: string | null;
}

/** The explanation as lines, outermost first, each condition in plain words. */
export function describeWhy(why: Why, names: Names, depth = 0): WhyLine[] {
  const line = { depth, text: describeRule(why.rule, names), answer: why.answer, found: describeFound(why) };
  return [line, ...(why.parts ?? []).flatMap((part) => describeWhy(part, names, depth + 1))];
}

/** A condition as a sentence part; groups say only how their parts are joined. */
export function describeRule(rule: Rule, names: Names): string {
  switch (rule.type) {
    case 'all':
      return rule.of.length === 0 ? 'everyone' : 'all of these hold';
    case 'any':
      return rule.of.length === 0 ? 'nobody' : 'at least one of these holds';
    case 'at_least':
      return `at least ${rule.count} of these ${rule.count === 1 ? 'holds' : 'hold'}`;
    case 'not':
      return 'this does not hold';
    case 'trait':
      return describeTrait(rule);
    case 'event':
    case 'event_days':
    case 'event_sum':
      return describeCount(rule);
    case 'event_time':
      return describeTime(rule);
    case 'sequence':
      return describeSequence(rule);
    case 'milestone':
      return `has reached the milestone “${names.milestone(rule.id)}”`;
    case 'segment':
      return `is in the segment “${names.segment?.(rule.id) ?? rule.id}”`;
    case 'cohort':
      return `is on the list “${names.cohort?.(rule.id) ?? rule.id}”`;
    case 'content':
      return `has ${contentWords[rule.state]} “${names.content?.(rule.id) ?? rule.id}”`;
    case 'page':
      return `is on a page like ${rule.path}`;
    case 'page_query':
    case 'page_host':
      return describePage(rule);
  }
}
