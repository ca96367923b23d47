import type { Target } from '../../../kernel/target.ts';

/** What one element on the page shows of itself, in the members of a target. */
export type Evidence = Omit<Target, 'selector'>;
type Piece = keyof Evidence;

/** How much each piece of evidence says before its rarity on this page is known. */
const weights: Readonly<Record<Piece, number>> = { testId: 10, id: 6, text: 6, label: 6, name: 5, role: 2, tag: 1 };
const pieces = Object.keys(weights) as readonly Piece[];

/** A match below this share of the evidence is not taken. */
export const threshold = 0.55;
/** The best match must be ahead of the second by this much. */
export const margin = 0.15;

export type Choice =
  | { readonly found: number; readonly score: number; readonly second: number }
  | { readonly found?: undefined; readonly reason: 'absent' | 'ambiguous'; readonly score: number; readonly second: number };

/**
 * Picks the candidate that the evidence speaks for, or none: no guide is better than a wrong one. What many
 * candidates share counts little ("Edit" in twenty rows), what one has counts in full.
 */
export function choose(target: Evidence, candidates: readonly Evidence[]): Choice {
  const stronger = target.testId ?? target.text ?? target.label ?? target.name;
  const noId = stronger !== undefined && isGenerated(target.id);
  const wanted = pieces.filter((piece) => target[piece] !== undefined && !(noId && piece === 'id'));
  const weighed = wanted.map((piece) => ({ piece, weight: weights[piece] * rarity(target, candidates, piece) }));
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  let found = -1;
  let score = 0;
  let second = 0;
  candidates.forEach((candidate, index) => {
    const own = weighed.reduce((sum, { piece, weight }) => (agrees(piece, target, candidate) ? sum + weight : sum), 0) / (whole || 1);
    if (own > score) {
      second = score;
      score = own;
      found = index;
    } else if (own > second) second = own;
  });
  if (score < threshold) return { reason: 'absent', score, second };
  if (score - second < margin) return { reason: 'ambiguous', score, second };
  return { found, score, second };
}

/** Ids that a framework counts up or draws at random say nothing after the next build (`:r1a:`, `radix-7`, `x9f8e7d6c5`). */
function isGenerated(id = ''): boolean {
  return /:\w*:|^(radix|headlessui|mui|ember)\W*\w*\d|[\da-f]{8}|\d{4}/i.test(id);
}

/** 1 for evidence that one candidate (or none) shows, down to 0.15 for what all of them show. */
function rarity(target: Evidence, candidates: readonly Evidence[], piece: Piece): number {
  const sharing = candidates.filter((candidate) => agrees(piece, target, candidate)).length;
  if (sharing <= 1 || candidates.length < 2) return 1;
  return 0.15 + 0.85 * (1 - Math.log(sharing) / Math.log(candidates.length));
}

function agrees(piece: Piece, target: Evidence, candidate: Evidence): boolean {
  const wanted = target[piece];
  const shown = candidate[piece];
  if (wanted === undefined || shown === undefined) return false;
  return piece === 'text' || piece === 'label' ? fold(wanted) === fold(shown) : wanted === shown;
}

/** Counts change and white space is the template's business: `Inbox (3)` and `Inbox (12)` are the same words. */
export function fold(text: string): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim().toLowerCase();
}
