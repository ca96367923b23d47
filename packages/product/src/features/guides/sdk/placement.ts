import type { TourStep } from '../guide.ts';

export type Side = 'top' | 'bottom' | 'left' | 'right';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels between card and target, and between card and viewport. */
export const gap = 12;
/** The arrow keeps this distance from the card's corners. */
const corner = 18;

/** The side of the target that an author's logical placement means in this direction of writing. */
export function sideOf(placement: TourStep['placement'], direction: string): Side {
  if (placement === 'top' || placement === 'bottom') return placement;
  return (placement === 'start') === (direction === 'rtl') ? 'right' : 'left';
}

/**
 * Where a card goes when the browser has no anchor positioning: the wished side, else the first that has room, else
 * the bottom end corner.
 */
export function placeCard(
  wished: Side,
  target: Box,
  card: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const fits: Record<Side, boolean> = {
    top: target.top >= card.height + 2 * gap,
    bottom: view.height - bottom >= card.height + 2 * gap,
    left: target.left >= card.width + 2 * gap,
    right: view.width - right >= card.width + 2 * gap,
  };
  const side = ([wished, 'bottom', 'top', 'right', 'left'] as const).find((each) => fits[each]);
  const left = clamp(target.left + target.width / 2 - card.width / 2, gap, view.width - card.width - gap);
  const top = clamp(target.top + target.height / 2 - card.height / 2, gap, view.height - card.height - gap);
  if (side === 'top') return { left, top: target.top - gap - card.height };
  if (side === 'bottom') return { left, top: bottom + gap };
  if (side === 'left') return { left: target.left - gap - card.width, top };
  if (side === 'right') return { left: right + gap, top };
  return { left: view.width - card.width - gap, top: view.height - card.height - gap };
}

/** On which side of the target the card ended up, and where along that edge its arrow points at the target. Undefined = no arrow. */
export function aim(card: Box, target: Box): { readonly side: Side; readonly at: number } | undefined {
  const tolerance = 2;
  const across = clamp(target.left + target.width / 2 - card.left, corner, card.width - corner);
  const down = clamp(target.top + target.height / 2 - card.top, corner, card.height - corner);
  if (card.top >= target.top + target.height - tolerance) return { side: 'bottom', at: across };
  if (card.top + card.height <= target.top + tolerance) return { side: 'top', at: across };
  if (card.left >= target.left + target.width - tolerance) return { side: 'right', at: down };
  if (card.left + card.width <= target.left + tolerance) return { side: 'left', at: down };
  return undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}
