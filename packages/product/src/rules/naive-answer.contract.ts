import { canonical, type Json } from '../kernel/json.ts';
import type { Answer } from './answer.ts';
import type { EventFact, Facts } from './facts.ts';
import type { Occurrence, PropertyCondition, Rule, TraitCondition } from './rule.ts';
import type { HistoryEvent } from './rule-cases.contract.ts';

/**
 * The language read once more, as plainly as it can be: no facts are folded, no instants named, days are texts of
 * the platform's calendar. What the product answers is held against this.
 */
export interface World {
  /** Everything that the subject ever did; undefined = not known. */
  readonly history: readonly HistoryEvent[] | undefined;
  readonly facts: Facts;
  readonly now: number;
}

export function naiveAnswer(rule: Rule, world: World): Answer {
  switch (rule.type) {
    case 'all':
    case 'any':
    case 'at_least': {
      const answers = rule.of.map((part) => naiveAnswer(part, world));
      const wanted = rule.type === 'all' ? answers.length : rule.type === 'any' ? 1 : rule.count;
      // Kleene's values: what every way of settling the unknown ones agrees on.
      const least = answers.filter((answer) => answer === 'yes').length >= wanted;
      const most = answers.filter((answer) => answer !== 'no').length >= wanted;
      return least ? 'yes' : most ? 'unknown' : 'no';
    }
    case 'not':
      return { yes: 'no', no: 'yes', unknown: 'unknown' }[naiveAnswer(rule.rule, world)] as Answer;
    case 'trait':
      return traitAnswer(rule, world);
    case 'milestone':
    case 'cohort':
    case 'content':
    case 'segment':
      return membershipAnswer(rule, world.facts);
    case 'page':
    case 'page_query':
    case 'page_host':
      return pageAnswer(rule, world.facts);
    default:
      return eventAnswer(rule, world);
  }
}

type Of<Type extends Rule['type']> = Extract<Rule, { readonly type: Type }>;
const say = (holds: boolean): Answer => (holds ? 'yes' : 'no');
const has = (record: object | undefined, key: string): Answer => (record ? say(Object.keys(record).includes(key)) : 'unknown');

function membershipAnswer(rule: Of<'milestone' | 'cohort' | 'content' | 'segment'>, { milestones, cohorts, contents }: Facts): Answer {
  if (rule.type === 'milestone') return has(milestones, rule.id);
  if (rule.type === 'cohort') return has(cohorts, rule.id);
  if (rule.type === 'segment') return 'unknown';
  const known = has(contents, rule.id);
  return known === 'yes' ? has(contents?.[rule.id], rule.state) : known;
}

function pageAnswer(rule: Of<'page' | 'page_query' | 'page_host'>, { page }: Facts): Answer {
  if (!page) return 'unknown';
  if (rule.type === 'page') return say(pathPattern(rule.path).test(`/${segments(page.path).join('/')}`));
  if (rule.type === 'page_host') return page.host === undefined ? 'unknown' : compared(rule, page.host);
  if (!page.query) return 'unknown';
  return compared(rule, Object.entries(page.query).find(([name]) => name === rule.name)?.[1]);
}

const segments = (path: string) => (path.split(/[?#]/)[0] ?? '').split('/').filter((segment) => segment !== '');

function pathPattern(pattern: string): RegExp {
  const parts = segments(pattern).map((segment) =>
    segment === '**' ? '(?:/[^/]+)*' : `/${segment.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}`,
  );
  return new RegExp(`^${parts.join('') || '/'}$|^${parts.join('')}/?$`, 's');
}

function traitAnswer(rule: TraitCondition, world: World): Answer {
  const { traits, accounts } = world.facts;
  const records =
    rule.of === undefined ? traits && [traits] : accounts?.map((account) => account[rule.of === 'account' ? 'traits' : 'membership']);
  if (!records) return 'unknown';
  const answers = (records.length === 0 ? [{}] : records).map((record) => {
    const value = Object.entries(record).find(([name]) => name === rule.name)?.[1] ?? undefined;
    return /^(before|after|days_)/.test(rule.operator) ? dated(rule, value, world.now) : compared(rule as never, value);
  });
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

/** One comparison, in the order: missing, of a kind, then the operator. */
function compared({ operator, value: wanted, values }: Omit<PropertyCondition, 'property'>, found: unknown): Answer {
  const missing = found === undefined || found === null;
  const negative = operator.startsWith('not_') || operator === 'is_none_of';
  if (operator === 'exists' || operator === 'missing') return say(missing === (operator === 'missing'));
  if (missing) return say(negative);
  const kind = typeof (values ? values[0] : wanted);
  if (typeof found !== kind) return 'unknown';
  const texts: Record<string, (text: string, other: string) => boolean> = {
    contains: (text, other) => text.indexOf(other) >= 0,
    starts_with: (text, other) => text.slice(0, other.length) === other,
    ends_with: (text, other) => other === '' || text.slice(-other.length) === other,
    matches: (text, other) => new RegExp(other.replace('(?i)', ''), other.startsWith('(?i)') ? 'iu' : 'u').test(text),
  };
  const numbers: Record<string, (number: number, other: number) => boolean> = {
    greater_than: (number, other) => number - other > 0,
    less_than: (number, other) => other - number > 0,
    at_least: (number, other) => number - other >= 0,
    at_most: (number, other) => other - number >= 0,
  };
  const plain = operator.replace('not_', '');
  if (plain === 'equals' || operator === 'is_one_of' || operator === 'is_none_of') {
    return say((values ?? [wanted]).some((each) => canonical(each as Json) === canonical(found as Json)) !== negative);
  }
  if (texts[plain] && typeof found === 'string') return say(texts[plain](found, wanted as string) !== negative);
  return numbers[plain] && typeof found === 'number' ? say(numbers[plain](found, wanted as number)) : 'unknown';
}

function eventAnswer(rule: Of<'event' | 'event_sum' | 'event_days' | 'event_time' | 'sequence'>, world: World): Answer {
  const { history, now } = world;
  if (!history) return 'unknown';
  if (rule.type === 'sequence') return sequenceAnswer(rule, history, now);
  const all = occurrences(rule, history);
  if (rule.type === 'event_time') {
    const times = all.map(({ time }) => time);
    if (times.length === 0) return 'no';
    return dated(rule, new Date(rule.which === 'first' ? Math.min(...times) : Math.max(...times)).toISOString(), now);
  }
  const inside = all.filter(({ time }) => {
    if (rule.type === 'event' && rule.within !== undefined) return now < time + rule.within;
    return rule.days === undefined || daysFrom(civil(time, rule.zone), civil(now, rule.zone)) < rule.days;
  });
  if (rule.type === 'event') return bounded(rule.operator, inside.length, rule.times);
  if (rule.type === 'event_days') return bounded(rule.operator, new Set(inside.map(({ time }) => civil(time, rule.zone))).size, rule.times);
  const round = (value: unknown) => (typeof value === 'number' && Math.abs(value) <= 9e12 ? BigInt(Math.floor(value * 1000 + 0.5)) : 0n);
  const sum = inside.reduce((total, { properties }) => total + round(properties[rule.property]), 0n);
  return bounded(rule.operator, Number(sum), Number(round(rule.value)));
}

function occurrences({ name, where = [] }: Occurrence, history: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const met = ({ properties }: HistoryEvent) =>
    where.every((condition) => compared(condition, Object.entries(properties).find(([key]) => key === condition.property)?.[1]) === 'yes');
  return history.filter((event) => event.name === name && met(event));
}

function bounded(operator: 'at_least' | 'at_most' | 'exactly', found: number, wanted: number): Answer {
  const order = Math.sign(found - wanted);
  return say(operator === 'exactly' ? order === 0 : operator === 'at_least' ? order !== -1 : order !== 1);
}

function sequenceAnswer(rule: Of<'sequence'>, history: readonly HistoryEvent[], now: number): Answer {
  const latest = (occurrence: Occurrence) =>
    occurrences(occurrence, history)
      .map(({ time }) => time)
      .sort((a, b) => b - a)
      .slice(0, 64);
  const [first, then] = [latest(rule.first), latest(rule.then)];
  const followed = (time: number) => then.some((other) => other > time && other <= time + rule.within);
  return say(first.some((time) => (rule.happened ? followed(time) : !followed(time) && now >= time + rule.within)));
}

interface Dated {
  readonly operator: string;
  readonly value?: unknown;
  readonly zone?: string;
}

function dated({ operator, value: wanted, zone }: Dated, found: unknown, now: number): Answer {
  if (found === undefined) return 'no';
  if (typeof found !== 'string' || !/^\d{4}-/.test(found)) return 'unknown';
  if (operator === 'before' || operator === 'after') {
    const [one, other] = [midnightOrInstant(found, zone), midnightOrInstant(String(wanted), zone)];
    if (one === undefined || other === undefined) return 'unknown';
    return say(operator === 'before' ? one < other : one > other);
  }
  const day = found.length === 10 ? found : civil(Date.parse(found), zone);
  const ago = daysFrom(day, civil(now, zone));
  const distance = operator.startsWith('days_ago') ? ago : -ago;
  return say(operator.endsWith('_at_least') ? distance >= Number(wanted) : distance >= 0 && distance <= Number(wanted));
}

/** Walks to the first minute of the date, or of the next one that there is. */
function midnightOrInstant(text: string, zone: string | undefined): number | undefined {
  if (text.length > 10) return Date.parse(text);
  let instant = Date.parse(`${text}T00:00Z`);
  if (Number.isNaN(instant)) return undefined;
  instant -= 36 * 3_600_000;
  for (const step of [3_600_000, 60_000]) {
    while (civil(instant, zone) < text) instant += step;
    if (step > 60_000) instant -= step;
  }
  return instant;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date as `2026-03-29`. */
function civil(instant: number, zone = ''): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(zone, format);
  return format.format(instant);
}

function daysFrom(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);
}

/** The history that ready facts tell of, for a rule that asks for plain events alone; undefined when they forgot some. */
export function historyOf(events: Readonly<Record<string, EventFact>>): HistoryEvent[] | undefined {
  const entries = Object.entries(events);
  if (entries.some(([, fact]) => fact.recent.length !== fact.count)) return undefined;
  return entries.flatMap(([name, { recent }]) => recent.map((time) => ({ name, time, properties: {} })));
}
