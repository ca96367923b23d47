import { answerRule } from '../rules/answer-rule.ts';
import type { Cell } from './cell.ts';
import type { LiveMatcher } from './registry.ts';

/**
 * Stage 5: which of these definitions the subject has now entered. Remembers for the others when time alone
 * could bring it in. The one evaluator decides.
 *
 * @param now the entry's append time
 */
export function match(cell: Cell, candidates: readonly LiveMatcher[], now: number): LiveMatcher[] {
  const entered: LiveMatcher[] = [];
  const { milestones, untils: before } = cell.doc();
  let untils: Record<string, number> | undefined;
  const facts = cell.facts();
  for (const candidate of candidates) {
    const { definition, key, rule, features } = candidate;
    if (milestones[definition.id] !== undefined || !cell.counted(features)) continue;
    const { answer, until } = answerRule(rule, facts, now);
    const next = answer === 'yes' ? undefined : until;
    if ((untils ?? before)[key] !== next) {
      untils ??= { ...before };
      if (next === undefined) delete untils[key];
      else untils[key] = next;
    }
    if (answer === 'yes') entered.push(candidate);
  }
  if (untils) cell.update({ untils });
  return entered;
}
