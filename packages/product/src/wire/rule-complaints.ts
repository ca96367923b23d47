import { zoneOf } from '../kernel/zone.ts';
import { parseDate } from '../rules/dates.ts';
import { patternComplaint } from '../rules/pattern.ts';
import {
  type Condition,
  dateOperators,
  type EventCondition,
  type EventDaysCondition,
  type EventSumCondition,
  type EventTimeCondition,
  type Occurrence,
  type PageQueryCondition,
  type Rule,
  rememberedDays,
  rememberedTimes,
  type Scalar,
  type TraitCondition,
} from '../rules/rule.ts';

/** What is wrong with a rule of the right shape, and where in it. */
export interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything that makes a condition incomplete, or asks what no engine could answer, at the member that is wrong. */
export function complainAbout(rule: Rule, path: Complaint['path'] = []): Complaint[] {
  switch (rule.type) {
    case 'all':
    case 'any':
      return rule.of.flatMap((part, index) => complainAbout(part, [...path, 'of', index]));
    case 'at_least':
      return below(path, [
        ...(rule.count > rule.of.length
          ? [{ path: ['count'], message: `at least ${rule.count} of ${rule.of.length} conditions can never hold` }]
          : []),
        ...rule.of.flatMap((part, index) => complainAbout(part, ['of', index])),
      ]);
    case 'not':
      return complainAbout(rule.rule, [...path, 'rule']);
    default:
      return below(path, aboutCondition(rule));
  }
}

function below(place: Complaint['path'], complaints: readonly Complaint[]): Complaint[] {
  return complaints.map(({ path, message }) => ({ path: [...place, ...path], message }));
}

function aboutCondition(rule: Condition): Complaint[] {
  switch (rule.type) {
    case 'trait':
      return aboutTrait(rule);
    case 'event':
      return [...aboutOccurrence(rule), ...aboutWindow(rule), ...aboutTimes(rule)];
    case 'event_sum':
      return [...aboutOccurrence(rule), ...aboutWindow(rule)];
    case 'event_days':
      return [...aboutOccurrence(rule), ...aboutZone(rule.zone), ...aboutDays(rule)];
    case 'event_time':
      return [...aboutOccurrence(rule), ...aboutEventTime(rule)];
    case 'sequence':
      return [...below(['first'], aboutOccurrence(rule.first)), ...below(['then'], aboutOccurrence(rule.then))];
    case 'page_query':
      return aboutQuery(rule);
    default:
      return [];
  }
}

/** A complaint about one member of a condition. */
function about(member: string, message: string): Complaint[] {
  return [{ path: [member], message }];
}

function aboutTrait(rule: TraitCondition): Complaint[] {
  const called = `the condition on “${rule.name}”`;
  if (isDate(rule.operator)) {
    if (rule.values !== undefined) return about('values', `${called} takes one value, not a list`);
    if (rule.zone === undefined) return about('zone', `${called} needs a time zone: it is about calendar days`);
    return [...aboutZone(rule.zone), ...aboutDate(rule.name, rule.operator, rule.value)];
  }
  const zone = rule.zone === undefined ? [] : about('zone', `${called} takes no time zone`);
  return [...zone, ...aboutValue(rule.name, rule)];
}

function isDate(operator: string): boolean {
  return (dateOperators as readonly string[]).includes(operator);
}

function aboutZone(zone: string): Complaint[] {
  return zoneOf(zone) ? [] : about('zone', `“${zone}” is no time zone: a name is written as in Europe/Berlin`);
}

function aboutDate(name: string, operator: string, value: Scalar | undefined): Complaint[] {
  const called = `the condition on “${name}”`;
  if (operator === 'before' || operator === 'after') {
    if (parseDate(value)) return [];
    return about('value', `${called} needs a date (2026-03-29) or an instant with its offset (2026-03-29T08:15:00Z)`);
  }
  const whole = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 36_500;
  return whole ? [] : about('value', `${called} needs a whole number of days, 0 to 36500`);
}

interface Compared {
  readonly operator: string;
  readonly value?: Scalar;
  readonly values?: readonly Scalar[];
}

const bare: ReadonlySet<string> = new Set(['exists', 'missing']);
const listed: ReadonlySet<string> = new Set(['is_one_of', 'is_none_of']);
const ofText: ReadonlySet<string> = new Set(['contains', 'not_contains', 'starts_with', 'ends_with', 'matches']);
const ofNumber: ReadonlySet<string> = new Set(['greater_than', 'less_than', 'at_least', 'at_most']);

function aboutValue(name: string, { operator, value, values }: Compared): Complaint[] {
  const called = `the condition on “${name}”`;
  if (listed.has(operator)) {
    if (values === undefined || value !== undefined) return about('values', `${called} needs a list of values`);
    return new Set(values.map((each) => typeof each)).size > 1
      ? about('values', `${called} mixes texts, numbers or yes and no: the values must be of one kind`)
      : [];
  }
  if (values !== undefined) return about('values', `${called} takes one value, not a list`);
  if (bare.has(operator)) return value === undefined ? [] : about('value', `${called} takes no value`);
  if (value === undefined) return about('value', `${called} needs a value`);
  if (ofText.has(operator) && typeof value !== 'string') return about('value', `${called} needs a text to compare with`);
  if (ofNumber.has(operator) && typeof value !== 'number') return about('value', `${called} needs a number to compare with`);
  return operator === 'matches' ? aboutPattern(name, String(value)) : [];
}

const longestPattern = 500;

function aboutPattern(name: string, pattern: string): Complaint[] {
  if (pattern.length > longestPattern) return about('value', `the pattern for “${name}” is longer than ${longestPattern} characters`);
  const wrong = patternComplaint(pattern);
  return wrong === undefined ? [] : about('value', `the pattern for “${name}” is none that RE2 knows: ${wrong}`);
}

function aboutOccurrence({ where = [] }: Occurrence): Complaint[] {
  return where.flatMap((condition, index) => below(['where', index], aboutValue(condition.property, condition)));
}

function aboutWindow(rule: EventCondition | EventSumCondition): Complaint[] {
  const called = `the condition on “${rule.name}”`;
  if (rule.type === 'event' && rule.within !== undefined && rule.days !== undefined) {
    return about('within', `${called} has a rolling window and one of calendar days: it can have one of them`);
  }
  if (rule.days === undefined) return rule.zone === undefined ? [] : about('zone', `${called} takes no time zone without a window of days`);
  return rule.zone === undefined ? about('zone', `${called} needs a time zone: it is about calendar days`) : aboutZone(rule.zone);
}

function aboutTimes(rule: EventCondition): Complaint[] {
  if (rule.within === undefined || rule.times < rememberedTimes) return [];
  return about('times', `within a window, “${rule.name}” can be counted to ${rememberedTimes - 1}`);
}

function aboutDays(rule: EventDaysCondition): Complaint[] {
  return rule.times < rememberedDays ? [] : about('times', `the days of “${rule.name}” can be counted to ${rememberedDays - 1}`);
}

function aboutEventTime(rule: EventTimeCondition): Complaint[] {
  return [...aboutZone(rule.zone), ...aboutDate(rule.name, rule.operator, rule.value)];
}

function aboutQuery(rule: PageQueryCondition): Complaint[] {
  const called = `the condition on the parameter “${rule.name}”`;
  if (bare.has(rule.operator)) return rule.value === undefined ? [] : about('value', `${called} takes no value`);
  return rule.value === undefined ? about('value', `${called} needs a value`) : [];
}
