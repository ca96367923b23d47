import type { Why } from './evaluate.ts';
import type { EventCondition, Rule, TraitCondition } from './rule.ts';

/** How ids become words: the caller knows the names. */
export interface Names {
  milestone(id: string): string;
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
    case 'not':
      return 'this does not hold';
    case 'trait':
      return describeTrait(rule);
    case 'event':
      return describeEvent(rule);
    case 'milestone':
      return `has reached the milestone “${names.milestone(rule.id)}”`;
    case 'page':
      return `is on a page like ${rule.path}`;
  }
}

const traitWords: Record<TraitCondition['operator'], string> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  starts_with: 'starts with',
  greater_than: 'is greater than',
  less_than: 'is less than',
  exists: 'is known',
  missing: 'is not known',
};

function describeTrait(rule: TraitCondition): string {
  const value = rule.value === undefined ? '' : ` ${JSON.stringify(rule.value)}`;
  return `${rule.name} ${traitWords[rule.operator]}${value}`;
}

const countWords = { at_least: 'at least', at_most: 'at most', exactly: 'exactly' } as const;

function describeEvent(rule: EventCondition): string {
  const times = `${countWords[rule.operator]} ${rule.times} ${rule.times === 1 ? 'time' : 'times'}`;
  return `did “${rule.name}” ${times}${rule.within === undefined ? '' : ` in the last ${describeSpan(rule.within)}`}`;
}

const spans: readonly (readonly [string, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A span in the largest unit that divides it: `7 days`, `90 minutes`. */
export function describeSpan(milliseconds: number): string {
  const [unit, size] = spans.find(([, length]) => milliseconds % length === 0) ?? ['millisecond', 1];
  const count = milliseconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function describeFound(why: Why): string | null {
  if (!('found' in why)) return null;
  const { rule, found } = why;
  if (rule.type === 'event') return found === 0 ? 'never' : found === 1 ? 'once' : `${String(found)} times`;
  if (rule.type === 'milestone') return found === null ? 'not reached' : 'reached';
  if (found === null) return 'not known';
  return typeof found === 'string' ? found : JSON.stringify(found);
}
