import { type Zone, zoneOf } from '../../kernel/zone.ts';
import type { CountOperator, EventCondition, EventDaysCondition, EventSumCondition } from '../rule.ts';
import { thousandths } from '../thousandths.ts';
import { constantSql, yesIfSql } from './answer-sql.ts';
import { dayNumberSql, fromDaySql } from './day-sql.ts';
import type { RulePlan } from './rule-plan.ts';

type CountCondition = EventCondition | EventSumCondition | EventDaysCondition;

/** Conditions that count: how often, how much, on how many days. */
export function countSql(plan: RulePlan, condition: CountCondition): string {
  if (!plan.known.events) return constantSql('unknown');
  // Before anything is bound: what is bound must be used.
  const zone = zoneOf(condition.zone ?? '');
  if (!zone && (condition.days !== undefined || condition.type === 'event_days')) return constantSql('unknown');
  const counted = countedRows(plan, condition, zone);
  const { dialect } = plan;
  switch (condition.type) {
    case 'event':
      return compareCount(plan, condition.operator, { found: plan.count(dialect.countIf(counted)), wanted: condition.times });
    case 'event_sum': {
      const found = plan.count(dialect.sumIf(thousandthsSql(plan, condition.property), counted));
      return compareCount(plan, condition.operator, { found, wanted: thousandths(condition.value) });
    }
    case 'event_days': {
      const day = plan.day(dayNumberSql(dialect, zone as Zone, 'instant'));
      return compareCount(plan, condition.operator, { found: plan.count(dialect.distinctIf(day, counted)), wanted: condition.times });
    }
  }
}

/** The condition for rows that count. */
function countedRows(plan: RulePlan, condition: CountCondition, zone: Zone | undefined): string {
  const meant = plan.occurrence(condition);
  if (condition.type === 'event' && condition.within !== undefined)
    return `${meant} and instant > ${plan.dialect.whole(plan.now - condition.within)}`;
  if (condition.days === undefined || !zone) return meant;
  return `${meant} and ${fromDaySql(zone, zone.dayAt(plan.now) - condition.days + 1, 'instant')}`;
}

function compareCount(plan: RulePlan, operator: CountOperator, { found, wanted }: { found: string; wanted: number }): string {
  const sign = operator === 'at_least' ? '>=' : operator === 'at_most' ? '<=' : '=';
  return yesIfSql(`coalesce(${found}, 0) ${sign} ${plan.dialect.whole(wanted)}`);
}

/** A property as `thousandths` reads it. */
function thousandthsSql(plan: RulePlan, property: string): string {
  const { kind, number } = plan.property(property);
  const inside = `${kind} = 2 and abs(${number}) <= 9000000000000`;
  return `case when ${inside} then ${plan.dialect.floor(`(case when ${inside} then ${number} else 0 end) * 1000 + 0.5`)} else 0 end`;
}
