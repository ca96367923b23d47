import { own } from '../kernel/own.ts';
import { type Finding, finding, unknown, yesIf } from './answer.ts';
import { answerCount } from './answer-count.ts';
import { answerEventTime } from './answer-event-time.ts';
import { answerPage } from './answer-page.ts';
import { answerSequence } from './answer-sequence.ts';
import { answerTrait } from './answer-trait.ts';
import type { Facts } from './facts.ts';
import type { Condition } from './rule.ts';

/**
 * The meaning of every condition: what was found, what it answers, and until when. Explaining, deciding and
 * reducing all ask here.
 *
 * @param now epoch milliseconds
 */
export function answerCondition(condition: Condition, facts: Facts, now: number): Finding {
  switch (condition.type) {
    case 'trait':
      return answerTrait(condition, facts, now);
    case 'event':
    case 'event_sum':
    case 'event_days':
      return answerCount(condition, facts, now);
    case 'event_time':
      return answerEventTime(condition, facts, now);
    case 'sequence':
      return answerSequence(condition, facts, now);
    case 'milestone':
      return facts.milestoneAt ? reachedAt(facts.milestoneAt(condition.id)) : since(facts.milestones, condition.id);
    case 'cohort':
      return since(facts.cohorts, condition.id);
    case 'content': {
      if (!facts.contents) return unknown;
      const at = own(facts.contents, condition.id)?.[condition.state];
      return finding(yesIf(at !== undefined), at ?? null);
    }
    case 'segment':
      return unknown;
    default:
      return answerPage(condition, facts.page);
  }
}

/** Membership, with the instant at which it began. */
function since(members: Readonly<Record<string, number>> | undefined, id: string): Finding {
  return members ? reachedAt(own(members, id)) : unknown;
}

function reachedAt(at: number | undefined): Finding {
  return finding(yesIf(at !== undefined), at ?? null);
}
