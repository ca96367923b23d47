import { describeSpan } from './describe-span.ts';
import type {
  ContentState,
  CountOperator,
  DateOperator,
  EventCondition,
  EventDaysCondition,
  EventSumCondition,
  EventTimeCondition,
  Occurrence,
  PageHostCondition,
  PageQueryCondition,
  Scalar,
  SequenceCondition,
  TraitCondition,
  ValueOperator,
} from './rule.ts';

/** How a value is compared, in words: `plan` “is” `"pro"`. */
export const valueWords: Readonly<Record<ValueOperator, string>> = {
  equals: 'is',
  not_equals: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  greater_than: 'is greater than',
  less_than: 'is less than',
  at_least: 'is at least',
  at_most: 'is at most',
  is_one_of: 'is one of',
  is_none_of: 'is none of',
  exists: 'is known',
  missing: 'is not known',
  matches: 'matches the pattern',
};

/** How a date is compared, in words, before the value. */
const dateWords: Readonly<Record<DateOperator, string>> = {
  before: 'is before',
  after: 'is after',
  days_ago_at_least: 'was at least',
  days_ago_at_most: 'was at most',
  days_until_at_least: 'is at least',
  days_until_at_most: 'is at most',
};

export const countWords: Readonly<Record<CountOperator, string>> = { at_least: 'at least', at_most: 'at most', exactly: 'exactly' };

export const contentWords: Readonly<Record<ContentState, string>> = {
  seen: 'seen',
  started: 'started',
  completed: 'completed',
  dismissed: 'dismissed',
};

const owners = { account: 'the account’s ', membership: 'the role’s ' } as const;

export function describeTrait(rule: TraitCondition): string {
  const name = `${rule.of ? owners[rule.of] : ''}${rule.name}`;
  return isDate(rule.operator) ? `${name} ${describeDate(rule.operator, rule.value)}` : `${name} ${compared(rule.operator, rule)}`;
}

function isDate(operator: string): operator is DateOperator {
  return Object.hasOwn(dateWords, operator);
}

function describeDate(operator: DateOperator, value: Scalar | undefined): string {
  if (operator === 'before' || operator === 'after') return `${dateWords[operator]} ${value}`;
  const days = value === 1 ? 'day' : 'days';
  return `${dateWords[operator]} ${value} ${days} ${operator.startsWith('days_ago') ? 'ago' : 'from now'}`;
}

function compared(operator: ValueOperator, { value, values }: { value?: Scalar; values?: readonly Scalar[] }): string {
  if (values !== undefined) return `${valueWords[operator]} ${values.map((each) => JSON.stringify(each)).join(', ')}`;
  return value === undefined ? valueWords[operator] : `${valueWords[operator]} ${JSON.stringify(value)}`;
}

export function describeCount(rule: EventCondition | EventDaysCondition | EventSumCondition): string {
  const bound = countWords[rule.operator];
  const window = rule.days === undefined ? '' : rule.days === 1 ? ' today' : ` in the last ${rule.days} calendar days`;
  if (rule.type === 'event_sum') return `did ${occurrence(rule)} with ${bound} ${rule.value} in all of ${rule.property}${window}`;
  const unit = rule.type === 'event' ? 'time' : 'day';
  const times = `${bound} ${rule.times} ${unit}${rule.times === 1 ? '' : 's'}`;
  const rolling = rule.type === 'event' && rule.within !== undefined ? ` in the last ${describeSpan(rule.within)}` : '';
  return `did ${occurrence(rule)} ${rule.type === 'event' ? '' : 'on '}${times}${rolling}${window}`;
}

export function describeTime(rule: EventTimeCondition): string {
  return `the ${rule.which} ${occurrence(rule)} ${describeDate(rule.operator, rule.value)}`;
}

export function describeSequence({ first, then, within, happened }: SequenceCondition): string {
  return `did ${occurrence(first)} and ${happened ? 'then' : 'not'} ${occurrence(then)} within ${describeSpan(within)}`;
}

/** “Card Moved” where list is "Done" and estimate is greater than 3 */
function occurrence({ name, where = [] }: Occurrence): string {
  const conditions = where.map((each) => `${each.property} ${compared(each.operator, each)}`);
  return `“${name}”${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`}`;
}

export function describePage(rule: PageQueryCondition | PageHostCondition): string {
  const what = rule.type === 'page_host' ? 'host' : `parameter ${rule.name}`;
  return `is on a page whose ${what} ${rule.operator === 'exists' ? 'is given' : rule.operator === 'missing' ? 'is not given' : compared(rule.operator, rule)}`;
}
