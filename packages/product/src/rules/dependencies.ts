import { conditionsIn } from './conditions-in.ts';
import type { Condition, Rule } from './rule.ts';

/**
 * The keys of everything a rule looks at: `event:NAME`, `trait:NAME`, `account:NAME`, `membership:NAME`,
 * `milestone:ID`, `segment:ID`, `cohort:ID`, `content:ID`, `page`. When none of them changes and no time passes,
 * neither does the answer.
 */
export function dependencies(rule: Rule): ReadonlySet<string> {
  return new Set(conditionsIn(rule).flatMap(keysOf));
}

function keysOf(condition: Condition): readonly string[] {
  switch (condition.type) {
    case 'trait':
      return [`${condition.of ?? 'trait'}:${condition.name}`];
    case 'event':
    case 'event_sum':
    case 'event_days':
    case 'event_time':
      return [`event:${condition.name}`];
    case 'sequence':
      return [`event:${condition.first.name}`, `event:${condition.then.name}`];
    case 'milestone':
    case 'segment':
    case 'cohort':
    case 'content':
      return [`${condition.type}:${condition.id}`];
    case 'page':
    case 'page_query':
    case 'page_host':
      return ['page'];
  }
}
