import type { Definition } from '../../../kernel/slice.ts';
import type { Answer } from '../../../rules/answer.ts';
import { dependencies } from '../../../rules/dependencies.ts';
import { describeWhy } from '../../../rules/describe.ts';
import { evaluate } from '../../../rules/evaluate.ts';
import type { Facts } from '../../../rules/facts.ts';
import type { MembershipAnswer } from '../contract.ts';
import type { Segment } from '../segment.ts';

const verdicts: Readonly<Record<Answer, Pick<MembershipAnswer, 'verdict' | 'headline'>>> = {
  yes: { verdict: 'would_show', headline: 'In the segment.' },
  no: { verdict: 'not_in_audience', headline: 'Not in the segment.' },
  unknown: {
    verdict: 'unknown',
    headline: 'Not in the segment: a condition compares values of different kinds, so it is neither true nor false.',
  },
};

/**
 * Why a person is (not) in the published version of a segment. Pure.
 *
 * @param input.definition undefined when no version is live
 * @param input.now epoch milliseconds
 */
export function explainMembership(input: {
  definition: Definition | undefined;
  facts: Facts;
  now: number;
  milestoneName: (id: string) => string;
}): MembershipAnswer {
  const { definition, facts, now, milestoneName } = input;
  if (!definition)
    return {
      verdict: 'not_published',
      headline: 'Nobody is in it: no version is published.',
      conditions: [],
      until: null,
      version: null,
      history: [],
    };
  const { rule } = definition.body as unknown as Segment;
  const { answer, why, until } = evaluate(rule, facts, now);
  return {
    ...verdicts[answer],
    conditions: describeWhy(why, { milestone: milestoneName }),
    until: until ?? null,
    version: definition.version,
    history: [...dependencies(rule)].flatMap((key) => happened(key, facts, milestoneName)).sort((a, b) => b.at - a.at),
  };
}

/** What the person has done of that which the rule asks for. */
function happened(
  key: string,
  { events = {}, milestones = {} }: Facts,
  milestoneName: (id: string) => string,
): { text: string; at: number }[] {
  const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  const event = kind === 'event' && Object.hasOwn(events, name) ? events[name] : undefined;
  if (event)
    return [{ text: event.count === 1 ? `Did “${name}”` : `Did “${name}” for the latest of ${event.count} times`, at: event.last }];
  const at = kind === 'milestone' && Object.hasOwn(milestones, name) ? milestones[name] : undefined;
  return at === undefined ? [] : [{ text: `Reached “${milestoneName(name)}”`, at }];
}
