import { own } from '../kernel/own.ts';
import { type Finding, finding, unknown, yesIf } from './answer.ts';
import { compareText } from './compare-text.ts';
import type { PageFact } from './facts.ts';
import { matchesPath } from './glob.ts';
import type { Condition, PageQueryCondition } from './rule.ts';

/** Conditions on the page that is open. Whatever else a rule asks, no page can answer. */
export function answerPage(condition: Condition, page: PageFact | undefined): Finding {
  if (!page) return unknown;
  switch (condition.type) {
    case 'page':
      return finding(yesIf(matchesPath(condition.path, page.path)), page.path);
    case 'page_host':
      return page.host === undefined ? unknown : finding(yesIf(compareText(condition.operator, page.host, condition.value)), page.host);
    case 'page_query': {
      if (page.query === undefined) return unknown;
      const value = own(page.query, condition.name);
      return finding(yesIf(compareParameter(condition, value)), value ?? null);
    }
    default:
      return unknown;
  }
}

/** As a trait is compared: what is missing equals nothing and contains nothing. */
function compareParameter({ operator, value: wanted = '' }: PageQueryCondition, value: string | undefined): boolean {
  if (operator === 'exists' || operator === 'missing') return (operator === 'exists') === (value !== undefined);
  return value === undefined ? operator.startsWith('not_') : compareText(operator, value, wanted);
}
