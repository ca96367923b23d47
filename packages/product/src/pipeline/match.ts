import { evaluate } from '../rules/evaluate.ts';
import type { Cell } from './cell.ts';
import type { LiveMatcher } from './registry.ts';
import { stateKey } from './subject-doc.ts';

/**
 * Stage 5: which of these definitions the subject has now entered. Remembers for the others when time alone
 * could bring it in. The one evaluator decides.
 *
 * @param now the entry's append time
 */
export function match(cell: Cell, candidates: readonly LiveMatcher[], now: number): LiveMatcher[] {
  const entered: LiveMatcher[] = [];
  const untils: Record<string, number> = { ...cell.doc().untils };
  let moved = false;
  const facts = cell.facts();
  for (const candidate of candidates) {
    const { slice, id } = candidate.definition;
    if (cell.doc().milestones[id] !== undefined) continue;
    const { answer, until } = evaluate(candidate.rule, facts, now);
    const key = stateKey(slice, id);
    const next = answer === 'yes' ? undefined : until;
    if (untils[key] !== next) {
      moved = true;
      if (next === undefined) delete untils[key];
      else untils[key] = next;
    }
    if (answer === 'yes') entered.push(candidate);
  }
  if (moved) cell.update({ untils });
  return entered;
}
