import type { DefinitionName, DefinitionRow } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';

/** Slices whose definitions an author edits and publishes. */
export type DefinitionSlice = 'guides' | 'checklists' | 'milestones' | 'playbooks' | 'reports' | 'segments' | 'cohorts';

/** What the definitions of a slice are called, drafts too: enough for a picker, and cheap, since nobody is counted. */
export function useDefinitionNames(slice: DefinitionSlice) {
  return useAnswer<{ definitions: DefinitionName[] }>(namesPath(slice));
}

/** Below the environment; to be asked again when a definition is made or renamed. */
export function namesPath(slice: DefinitionSlice): string {
  return `names/${slice}`;
}

/** Every definition of a slice, drafts too, with its numbers. */
export function useDefinitions(slice: DefinitionSlice) {
  return useAnswer<{ definitions: DefinitionRow[] }>(`definitions/${slice}`);
}
