import type { Answer } from '../../../rules/answer.ts';
import { dependencies } from '../../../rules/dependencies.ts';
import { describeWhy, type Names } from '../../../rules/describe.ts';
import { evaluate } from '../../../rules/evaluate.ts';
import type { Facts } from '../../../rules/facts.ts';
import type { Rule } from '../../../rules/rule.ts';
import type { MembershipAnswer } from '../contract.ts';

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
 * @param input.rule without segments; undefined when no version is live
 * @param input.facts undefined while the person's past is being counted
 * @param input.now epoch milliseconds
 */
export function explainMembership(input: {
  version: number | undefined;
  rule: Rule | undefined;
  facts: Facts | undefined;
  now: number;
  /** How what others have made is called. */
  names: Names;
}): MembershipAnswer {
  const { version = null, rule, facts, now, names } = input;
  const nothing = { conditions: [], until: null, version, history: [] };
  if (!rule) return { ...nothing, verdict: 'not_published', headline: 'Nobody is in it: no version is published.' };
  if (!facts) return { ...nothing, verdict: 'unknown', headline: 'Not decided: what this person did is still being counted.' };
  const { answer, why, until } = evaluate(rule, facts, now);
  return {
    ...verdicts[answer],
    conditions: describeWhy(why, names),
    until: until ?? null,
    version,
    history: [...dependencies(rule)].flatMap((key) => happened(key, facts, names)).sort((a, b) => b.at - a.at),
  };
}

/** What the person has done of that which the rule asks for. */
function happened(key: string, { events = {}, milestones = {} }: Facts, names: Names): { text: string; at: number }[] {
  const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
  const event = kind === 'event' && Object.hasOwn(events, name) ? events[name] : undefined;
  if (event)
    return [{ text: event.count === 1 ? `Did “${name}”` : `Did “${name}” for the latest of ${event.count} times`, at: event.last }];
  const at = kind === 'milestone' && Object.hasOwn(milestones, name) ? milestones[name] : undefined;
  return at === undefined ? [] : [{ text: `Reached “${names.milestone(name)}”`, at }];
}
