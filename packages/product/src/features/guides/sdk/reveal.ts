import { parentAcross } from '../../../page/scheme.ts';

/** Pixels that stay free between a target and the edge of what scrolls. */
const breathing = 12;

/**
 * Brings an element into view with the least movement: only true scroll containers, nearest first, both axes, then
 * the page. What a fixed or sticky box covers afterwards is scrolled by its size.
 *
 * @param below pixels at the bottom of the viewport that something of ours will cover
 */
export function reveal(target: Element, below = 0): void {
  for (let at = parentAcross(target); at; at = parentAcross(at)) {
    if (at !== document.scrollingElement && at !== document.body && scrolls(at)) into(target, at, at.getBoundingClientRect());
  }
  const page = document.scrollingElement;
  if (!page || isFixed(target)) return;
  into(target, page, { left: 0, top: 0, right: innerWidth, bottom: innerHeight - below });
  const covered = coveredBy(target);
  if (covered !== 0) page.scrollBy({ top: -covered, behavior: 'instant' });
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function into(target: Element, scroller: Element, view: Box): void {
  const box = target.getBoundingClientRect();
  const style = getComputedStyle(scroller);
  const own = getComputedStyle(target);
  const room = (side: 'Top' | 'Bottom' | 'Left' | 'Right') =>
    Math.max(breathing, (Number.parseFloat(style[`scrollPadding${side}`]) || 0) + (Number.parseFloat(own[`scrollMargin${side}`]) || 0));
  const top = least(box.top - room('Top') - view.top, box.bottom + room('Bottom') - view.bottom);
  const left = least(box.left - room('Left') - view.left, box.right + room('Right') - view.right);
  if (top !== 0 || left !== 0) scroller.scrollBy({ top, left, behavior: 'instant' });
}

/** The smallest movement for which neither edge sticks out; the start edge wins when both do. */
export function least(before: number, after: number): number {
  if (before < 0) return before;
  return after > 0 ? Math.min(after, before) : 0;
}

function scrolls(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  const can = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
  return (can(overflowY) && element.scrollHeight > element.clientHeight) || (can(overflowX) && element.scrollWidth > element.clientWidth);
}

/** How far a fixed or sticky box reaches over the target from above (positive) or from below (negative). */
function coveredBy(target: Element): number {
  const box = target.getBoundingClientRect();
  const x = (box.left + box.right) / 2;
  const top = pinnedAt(x, box.top + 1, target);
  if (top) return top.bottom - box.top + breathing;
  const bottom = pinnedAt(x, box.bottom - 1, target);
  return bottom ? bottom.top - box.bottom - breathing : 0;
}

function pinnedAt(x: number, y: number, target: Element): DOMRect | undefined {
  for (let at: Element | null = document.elementFromPoint(x, y); at; at = parentAcross(at)) {
    if (at === target || at.contains(target) || at.hasAttribute('data-gangway')) return undefined;
    const { position } = getComputedStyle(at);
    if (position === 'fixed' || position === 'sticky') return at.getBoundingClientRect();
  }
  return undefined;
}

function isFixed(target: Element): boolean {
  for (let at: Element | null = target; at; at = parentAcross(at)) if (getComputedStyle(at).position === 'fixed') return true;
  return false;
}
