import { matchesPath } from '../../../rules/glob.ts';
import type { TourContent, TourStep, TourView } from '../guide.ts';

/** What the tour surface keeps: the step that is open now. */
export interface TourProgress {
  readonly step: string;
  /** Ids of the steps that were seen in this run. */
  readonly seen: readonly string[];
}

/** Where a run begins: at the remembered step, else at the last step that the server knows of, else at the first. */
export function firstIndex(content: TourContent, view: TourView, progress: TourProgress | undefined, asked: boolean): number {
  const wanted = progress?.step ?? (asked || view.status !== 'shown' ? undefined : view.step);
  return Math.max(
    0,
    content.steps.findIndex((step) => step.id === wanted),
  );
}

/** Whether a step is valid on a path. */
export function belongsTo(step: TourStep, path: string): boolean {
  return step.path === undefined || matchesPath(step.path, path);
}

/** What follows when a target did not come in time. */
export function afterTimeout(
  content: TourContent,
  index: number,
  anythingSeen: boolean,
): { readonly go: number } | 'center' | 'wait' | 'completed' | 'later' {
  const policy = content.steps[index]?.missing ?? 'end';
  if (policy === 'center') return 'center';
  if (policy === 'pause') return 'wait';
  if (policy === 'end') return 'later';
  if (index + 1 < content.steps.length) return { go: index + 1 };
  return anythingSeen ? 'completed' : 'later';
}
