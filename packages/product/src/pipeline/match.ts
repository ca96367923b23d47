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
  if (candidates.length === 0) return entered;
  const { milestones, untils: before } = cell.doc();
  let changed: Map<string, number | undefined> | undefined;
  const facts = cell.facts();
  for (const candidate of candidates) {
    const { definition, key, rule, features } = candidate;
    if (milestones.has(definition.id) || !cell.counted(features)) continue;
    const { answer, until } = answerRule(rule, facts, now);
    const next = answer === 'yes' ? undefined : until;
    if (before[key] !== next) {
      changed ??= new Map();
      changed.set(key, next);
    }
    if (answer === 'yes') entered.push(candidate);
  }
  if (changed) cell.update({ untils: replaced(before, changed) });
  return entered;
}

function replaced(before: Readonly<Record<string, number>>, changed: ReadonlyMap<string, number | undefined>): Record<string, number> {
  const after: Record<string, number> = {};
  for (const key in before) if (!changed.has(key)) after[key] = before[key] ?? 0;
  for (const [key, until] of changed) if (until !== undefined) after[key] = until;
  return after;
}
