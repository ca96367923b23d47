import { answerRule } from '../../rules/answer-rule.ts';
import { dependencies } from '../../rules/dependencies.ts';
import type { PageFact } from '../../rules/facts.ts';
import { reduceForPage } from '../../rules/reduce.ts';
import type { Rule } from '../../rules/rule.ts';
import { factsOf } from '../subject-doc.ts';
import type { Presence } from './observation.ts';

/** A moment of one subject. */
export interface Look {
  readonly doc: Parameters<typeof factsOf>[0];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Where it was recorded. */
  readonly page: PageFact | undefined;
}

/** Whether the subject is in now, and when time alone could change that. */
export interface Seen {
  readonly presence: Presence;
  readonly until: number | undefined;
}

/**
 * Asks as the manifest does: what the server knows decides, and the rest is for the page. A rest that a recorded
 * page answers with yes is a yes; one that only an unrecorded page could answer is `maybe`; one that no page can
 * answer is `no`, as it is in the page.
 */
export function look(audience: Rule, { doc, now, page }: Look): Seen {
  const facts = factsOf(doc);
  const { answer, until } = answerRule(audience, facts, now);
  if (answer !== 'unknown') return { presence: answer, until };
  const { rule } = reduceForPage(audience, facts, now);
  if (page !== undefined && answerRule(rule, { page }, now).answer === 'yes') return { presence: 'yes', until };
  return { presence: dependencies(rule).has('page') ? 'maybe' : 'no', until };
}
