import { describeWhy } from '../rules/describe.ts';
import { evaluate } from '../rules/evaluate.ts';
import type { DecisionVerdict } from './holdout.ts';
import { liveNames } from './live-names.ts';
import type { LiveSurface } from './live-surface.ts';
import type { Registry } from './registry.ts';
import { factsOf, type PersonDoc } from './subject-doc.ts';

/** A condition that decided, in words, and what it found. */
export interface DecisionReason {
  readonly text: string;
  readonly found: string | null;
}

const mostReasons = 5;

/**
 * The conditions that made a decision what it is: those that failed, those that wait for the page, or what blocks.
 * For what is shown all held, and none is named.
 */
export function decisionReasons(
  registry: Registry,
  live: LiveSurface,
  moment: { readonly doc: PersonDoc; readonly verdict: DecisionVerdict; readonly now: number },
): DecisionReason[] {
  const { doc, verdict, now } = moment;
  if (verdict === 'blocked') {
    const blocked = live.surface.blockedBy(doc.states[live.stateKey]);
    return blocked === undefined ? [] : [{ text: blocked, found: null }];
  }
  const answer = verdict === 'not_in_audience' ? 'no' : verdict === 'page' || verdict === 'unknown' ? 'unknown' : undefined;
  if (answer === undefined) return [];
  const lines = describeWhy(evaluate(live.audience.rule, factsOf(doc), now).why, liveNames(registry));
  // A group says only how its parts are joined: the line after it is deeper then.
  const leaves = lines.filter((line, index) => line.answer === answer && (lines[index + 1]?.depth ?? 0) <= line.depth);
  return leaves.slice(0, mostReasons).map(({ text, found }) => ({ text, found }));
}
