import { fnv1a } from '../kernel/hash.ts';
import type { LiveSurface } from './registry.ts';

/**
 * What was decided about one content for one person. `page`: what is left is for the page to decide. `withheld`:
 * the person is one of those from whom it is kept back, to be compared with the others.
 */
export const decisionVerdicts = ['shown', 'page', 'blocked', 'withheld', 'not_in_audience', 'unknown'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

/** Places in a hundred per cent: a holdout of one per cent is a hundred of them. */
const places = 10_000;

/**
 * Whether a content is kept back from a person: the same people every time and for every version, others for
 * another content. Somebody who is not known yet is treated as kept back, so that nobody sees it for a moment.
 */
export function isWithheld({ definition, surface }: LiveSurface, person: string | undefined): boolean {
  const holdout = surface.holdout?.(definition.body) ?? 0;
  if (holdout <= 0) return false;
  return person === undefined || isHeldOut(`${definition.slice}/${definition.id}`, person, holdout);
}

/** @param holdout per cent of people, 0 to 100 */
export function isHeldOut(content: string, person: string, holdout: number): boolean {
  return fnv1a(`${content}\n${person}`) % places < holdout * (places / 100);
}
