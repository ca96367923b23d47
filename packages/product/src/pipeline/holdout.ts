import { fnv1a } from '../kernel/hash.ts';

/**
 * What was decided about one content for one person. `page`: what is left is for the page to decide. `withheld`:
 * the person is one of those from whom it is kept back, to be compared with the others.
 */
export const decisionVerdicts = ['shown', 'page', 'blocked', 'withheld', 'not_in_audience', 'unknown'] as const;
export type DecisionVerdict = (typeof decisionVerdicts)[number];

/** Places in a hundred per cent: a holdout of one per cent is a hundred of them. */
const places = 10_000;

/** From whom a content is kept back. */
export interface Holdout {
  /** Per cent of people, above 0, to 100. */
  readonly share: number;
  /** The hash of the content, to go on from with the person. */
  readonly seed: number;
}

/**
 * @param content `slice/definition`
 * @param share per cent of people; 0 = nobody, so no holdout
 */
export function holdoutOf(content: string, share: number): Holdout | undefined {
  return share > 0 ? { share, seed: fnv1a(`${content}\n`) } : undefined;
}

/**
 * Whether a content is kept back from a person: the same people every time and for every version, others for
 * another content. Somebody who is not known yet is treated as kept back, so that nobody sees it for a moment.
 */
export function isWithheld(holdout: Holdout | undefined, person: string | undefined): boolean {
  if (!holdout) return false;
  return person === undefined || fnv1a(person, holdout.seed) % places < holdout.share * (places / 100);
}
