import { own } from '../kernel/own.ts';
import { zoneOf } from '../kernel/zone.ts';
import { type Finding, finding, unknown } from './answer.ts';
import { type Comparison, compare } from './compare.ts';
import { countParts } from './count-parts.ts';
import { compareDate, type DateQuestion, parseDate } from './dates.ts';
import type { Facts } from './facts.ts';
import { type TraitCondition, valueOperators } from './rule.ts';

/** A condition on a trait of the subject, of its accounts, or of its roles in them. */
export function answerTrait(condition: TraitCondition, facts: Facts, now: number): Finding {
  if (condition.of === undefined) {
    return facts.traits ? answerValue(condition, own(facts.traits, condition.name), now) : unknown;
  }
  if (!facts.accounts) return unknown;
  const values = facts.accounts.map((account) => own(condition.of === 'account' ? account.traits : account.membership, condition.name));
  const [only] = values;
  if (values.length <= 1) return answerValue(condition, only, now);
  const { answer, until } = countParts(1, values.length, (index) => answerValue(condition, values[index], now));
  return finding(
    answer,
    values.filter((value) => value !== undefined && value !== null),
    until,
  );
}

const plain: ReadonlySet<string> = new Set(valueOperators);

function answerValue(condition: TraitCondition, value: unknown, now: number): Finding {
  if (plain.has(condition.operator)) return finding(compare(condition as Comparison, value), value ?? null);
  if (value === undefined || value === null) return finding('no', null);
  const date = parseDate(value);
  const zone = zoneOf(condition.zone ?? '');
  const compared = date && zone ? compareDate(date, condition as DateQuestion, { zone, now }) : undefined;
  return compared ? { ...compared, found: value } : finding('unknown', value);
}
