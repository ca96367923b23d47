import type { Facts } from './facts.ts';
import { matchesPath } from './glob.ts';
import type { EventCondition, Rule, Scalar, TraitCondition } from './rule.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** The answer of a rule, why it is so, and for how long. */
export interface Evaluation {
  readonly answer: Answer;
  /** Epoch milliseconds: the first instant at which the answer could change by time alone. Absent = never. */
  readonly until?: number;
  /** The same tree as the rule, each node with its own answer. */
  readonly why: Why;
}

/** One node of an explanation. */
export interface Why {
  readonly rule: Rule;
  readonly answer: Answer;
  /** What was found: the value of the trait, the count, the path. Absent where nothing was known. */
  readonly found?: unknown;
  readonly parts?: readonly Why[];
}

/**
 * Evaluates a rule over facts at an instant. Three-valued (Kleene): what is not known is `unknown`, and an
 * unknown part decides nothing by itself.
 *
 * @param now epoch milliseconds
 */
export function evaluate(rule: Rule, facts: Facts, now: number): Evaluation {
  switch (rule.type) {
    case 'all':
      return combine(
        rule,
        rule.of.map((part) => evaluate(part, facts, now)),
        'no',
        'yes',
      );
    case 'any':
      return combine(
        rule,
        rule.of.map((part) => evaluate(part, facts, now)),
        'yes',
        'no',
      );
    case 'not':
      return negate(rule, evaluate(rule.rule, facts, now));
    case 'trait':
      return evaluateTrait(rule, facts);
    case 'event':
      return evaluateEvent(rule, facts, now);
    case 'milestone': {
      if (!facts.milestones) return leaf(rule, 'unknown');
      const reached = Object.hasOwn(facts.milestones, rule.id) ? facts.milestones[rule.id] : undefined;
      return leaf(rule, reached === undefined ? 'no' : 'yes', reached ?? null);
    }
    case 'page':
      if (!facts.page) return leaf(rule, 'unknown');
      return leaf(rule, matchesPath(rule.path, facts.page.path) ? 'yes' : 'no', facts.page.path);
  }
}

function leaf(rule: Rule, answer: Answer, found?: unknown, until?: number): Evaluation {
  const why: Why = found === undefined ? { rule, answer } : { rule, answer, found };
  return until === undefined ? { answer, why } : { answer, why, until };
}

/**
 * `all` is decided by one `no`, `any` by one `yes` (`decisive`). A decided answer holds until the last of the
 * deciding parts could change; an undecided one until the first of all.
 */
function combine(rule: Rule, parts: readonly Evaluation[], decisive: Answer, otherwise: Answer): Evaluation {
  const deciding = parts.filter((part) => part.answer === decisive);
  const why = parts.map((part) => part.why);
  const decided = deciding.length > 0;
  const answer = decided ? decisive : parts.some((part) => part.answer === 'unknown') ? 'unknown' : otherwise;
  const until = decided ? latest(deciding) : earliest(parts);
  const result = { answer, why: { rule, answer, parts: why } };
  return until === undefined ? result : { ...result, until };
}

function earliest(parts: readonly Evaluation[]): number | undefined {
  const instants = parts.flatMap((part) => (part.until === undefined ? [] : [part.until]));
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function latest(parts: readonly Evaluation[]): number | undefined {
  const instants = parts.map((part) => part.until);
  return instants.includes(undefined) ? undefined : Math.max(...(instants as number[]));
}

function negate(rule: Rule, inner: Evaluation): Evaluation {
  const answer = inner.answer === 'unknown' ? 'unknown' : inner.answer === 'yes' ? 'no' : 'yes';
  const result = { answer, why: { rule, answer, parts: [inner.why] } } as const;
  return inner.until === undefined ? result : { ...result, until: inner.until };
}

function evaluateTrait(rule: TraitCondition, facts: Facts): Evaluation {
  if (!facts.traits) return leaf(rule, 'unknown');
  const value = Object.hasOwn(facts.traits, rule.name) ? facts.traits[rule.name] : undefined;
  const present = value !== undefined && value !== null;
  const found = present ? value : null;
  if (rule.operator === 'exists') return leaf(rule, present ? 'yes' : 'no', found);
  if (rule.operator === 'missing') return leaf(rule, present ? 'no' : 'yes', found);
  if (!present) return leaf(rule, rule.operator === 'not_equals' ? 'yes' : 'no', null);
  return leaf(rule, compare(rule, value), found);
}

function compare(rule: TraitCondition, value: unknown): Answer {
  const wanted = rule.value as Scalar;
  if (typeof value !== typeof wanted) return 'unknown';
  switch (rule.operator) {
    case 'equals':
      return yesIf(value === wanted);
    case 'not_equals':
      return yesIf(value !== wanted);
    case 'contains':
      return typeof value === 'string' ? yesIf(value.includes(String(wanted))) : 'unknown';
    case 'starts_with':
      return typeof value === 'string' ? yesIf(value.startsWith(String(wanted))) : 'unknown';
    case 'greater_than':
      return typeof value === 'number' ? yesIf(value > Number(wanted)) : 'unknown';
    case 'less_than':
      return typeof value === 'number' ? yesIf(value < Number(wanted)) : 'unknown';
    default:
      return 'unknown';
  }
}

function yesIf(condition: boolean): Answer {
  return condition ? 'yes' : 'no';
}

function evaluateEvent(rule: EventCondition, facts: Facts, now: number): Evaluation {
  if (!facts.events) return leaf(rule, 'unknown');
  const fact = Object.hasOwn(facts.events, rule.name) ? facts.events[rule.name] : undefined;
  const { within } = rule;
  if (within === undefined) return leaf(rule, holds(rule, fact?.count ?? 0), fact?.count ?? 0);
  const inside = (fact?.recent ?? []).filter((time) => now - time < within);
  const until = nextChange(rule, inside, within);
  return leaf(rule, holds(rule, inside.length), inside.length, until);
}

function holds(rule: EventCondition, count: number): Answer {
  if (rule.operator === 'at_least') return yesIf(count >= rule.times);
  if (rule.operator === 'at_most') return yesIf(count <= rule.times);
  return yesIf(count === rule.times);
}

/** As events leave the window the count only falls: the next change is the leaving that crosses the bound. */
function nextChange(rule: EventCondition, inside: readonly number[], within: number): number | undefined {
  const count = inside.length;
  const { times, operator } = rule;
  const leaves = (countAfter: number) => {
    const time = inside[count - countAfter - 1];
    return time === undefined ? undefined : time + within;
  };
  if (operator === 'at_least') return count >= times && times > 0 ? leaves(times - 1) : undefined;
  if (operator === 'at_most') return count > times ? leaves(times) : undefined;
  if (count > times) return leaves(times);
  return count === times && times > 0 ? leaves(times - 1) : undefined;
}
