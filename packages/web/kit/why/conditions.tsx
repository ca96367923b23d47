import type { ExplainAnswer } from '../api/answers.ts';
import { Icon, type IconName } from '../icon.tsx';

const icons: Record<ExplainAnswer['conditions'][number]['answer'], IconName> = { yes: 'check', no: 'cross', unknown: 'question' };

/** The rule as a tree, one condition a line, each with its answer and with what was found. */
export function Conditions({ conditions }: Pick<ExplainAnswer, 'conditions'>) {
  return (
    <section aria-label="Conditions">
      <h2 className="gw-why-title">Who it is for, and what was found</h2>
      <ul className="gw-why-conditions">
        {conditions.map((condition, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the rule.
          <li key={index} data-answer={condition.answer}>
            <span className="gw-why-answer">
              <Icon name={icons[condition.answer]} size={14} />
              <span>{condition.answer}</span>
            </span>
            <span className="gw-why-text" style={{ paddingInlineStart: condition.depth * 20 }}>
              {condition.text}
              {condition.found !== null && <span className="gw-why-found">{condition.found}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
