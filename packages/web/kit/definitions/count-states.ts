import type { DefinitionRow } from '../api/answers.ts';

/** How many people (or accounts) are in any of these states. */
export function countStates(row: Pick<DefinitionRow, 'numbers'>, states: readonly string[]): number {
  return states.reduce((sum, state) => sum + (row.numbers[state] ?? 0), 0);
}
