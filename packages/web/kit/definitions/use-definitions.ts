import type { DefinitionRow } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';

/** Slices whose definitions an author edits and publishes. */
export type DefinitionSlice = 'guides' | 'checklists' | 'milestones' | 'playbooks' | 'reports' | 'segments';

/** Every definition of a slice, drafts too. */
export function useDefinitions(slice: DefinitionSlice) {
  return useAnswer<{ definitions: DefinitionRow[] }>(`definitions/${slice}`);
}
