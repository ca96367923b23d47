import { asksForPage } from '@gangway/product/rules/asks-for.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { Icon } from '../icon.tsx';
import { countText, plural } from '../number-text.ts';
import type { DefinitionSlice } from './use-definitions.ts';
import { useReach } from './use-reach.ts';

export interface ReachLineProps {
  readonly slice: DefinitionSlice;
  readonly id: string;
  readonly body: unknown;
  readonly rule: Rule;
  /** False while the rule is unfinished: there is nothing to count. */
  readonly ready: boolean;
  /** What is counted; people where it is not said. */
  readonly unit?: readonly [one: string, many: string];
}

/** “Matches 214 of 1,204 people now”, kept up while the rule is edited. */
export function ReachLine({ slice, id, body, rule, ready, unit = ['person', 'people'] }: ReachLineProps) {
  const reach = useReach({ slice, id }, body, rule, ready);
  return (
    <p className="gw-reach gw-number" role="status" aria-busy={reach.isFetching}>
      <Icon name="people" />
      <span>{words()}</span>
    </p>
  );

  function words() {
    if (!ready) return 'Finish the conditions to see how many match.';
    if (reach.error) return 'How many match is not known just now. Your draft is not affected.';
    if (!reach.data) return 'Counting…';
    const { people, total } = reach.data;
    const aside = asksForPage(rule) ? ', page conditions left aside' : '';
    if (total === 0) return `Nobody is known here yet; ${unit[1]} appear with the first events.`;
    return `Matches ${countText(people)} of ${plural(total, unit[0], unit[1])} now${aside}.`;
  }
}
