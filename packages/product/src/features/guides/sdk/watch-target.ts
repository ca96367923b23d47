import type { Target } from '../../../kernel/target.ts';
import { type Found, findTarget, isVisible, openRoots } from './find-target.ts';

export interface Watch {
  /** Why the target is not there now; undefined while it is. */
  missing(): Extract<Found, { reason: unknown }> | undefined;
  dispose(): void;
}

interface Listener {
  /** The target has been found, or its successor after a re-render. */
  found(element: HTMLElement): void;
  lost(): void;
}

/** Attributes by which pages hide, show and rename elements. */
const watched = [
  'class',
  'style',
  'hidden',
  'open',
  'id',
  'inert',
  'aria-label',
  'aria-hidden',
  'data-testid',
  'data-test',
  'data-cy',
  'data-qa',
  'href',
  'name',
  'role',
];
/** After this long of uninterrupted mutations, look only four times a second. */
const busyAfterMs = 2000;
const busyGapMs = 250;
const quietMs = 300;

/**
 * Follows one target through a changing page: one observer, at most one look a frame, nothing while the page is
 * still. A target that is taken out is noticed in the same task.
 */
export function watchTarget(target: Target, listener: Listener): Watch {
  let element: HTMLElement | undefined;
  let missing: Extract<Found, { reason: unknown }> | undefined;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busySince = 0;
  let lastLook = 0;
  const seenRoots = new WeakSet<Node>();
  const mutations = new MutationObserver(() => (element && !element.isConnected ? look() : soon()));
  const sizes = new ResizeObserver(() => soon());

  function look() {
    if (element && isVisible(element)) return;
    const roots = openRoots();
    for (const root of roots) observe(root);
    const result = findTarget(target, roots);
    sizes.disconnect();
    const watching = result.element ?? result.hidden;
    if (watching) sizes.observe(watching);
    const had = element;
    element = result.element;
    missing = result.element ? undefined : result;
    if (result.element) listener.found(result.element);
    else if (had) listener.lost();
  }

  function observe(root: Node) {
    if (seenRoots.has(root)) return;
    seenRoots.add(root);
    mutations.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: watched });
  }

  function soon() {
    if (frame || timer) return;
    const now = performance.now();
    if (now - lastLook > quietMs) busySince = now;
    lastLook = now;
    if (now - busySince > busyAfterMs) timer = setTimeout(run, busyGapMs);
    else frame = requestAnimationFrame(run);
  }

  function run() {
    frame = 0;
    timer = undefined;
    look();
  }

  const hints = ['transitionend', 'animationend', 'toggle', 'load'] as const;
  for (const hint of hints) document.addEventListener(hint, soon, { capture: true, passive: true });
  look();
  return {
    missing: () => missing,
    dispose() {
      mutations.disconnect();
      sizes.disconnect();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      for (const hint of hints) document.removeEventListener(hint, soon, { capture: true });
    },
  };
}
