import type { Target } from '../../../kernel/target.ts';
import { parentAcross } from '../../../page/scheme.ts';
import { type Found, findTarget, hasSize, isInReach, openRoots } from './find-target.ts';

export type Missing = Extract<Found, { reason: unknown }>;

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
/** Changes of style that no mutation shows. */
const hints = ['transitionend', 'animationend', 'toggle', 'load'];
/** After this long of uninterrupted mutations, look only four times a second. */
const busyAfterMs = 2000;
const busyGapMs = 250;
const quietMs = 300;

/**
 * Follows one target through a changing page: one observer, at most one look a frame, nothing while the page is
 * still. A target that is taken out is noticed in the same task.
 */
export class TargetWatch {
  /** Why the target is not there now; undefined while it is. */
  missing: Missing | undefined;
  readonly #target: Target;
  readonly #listener: Listener;
  readonly #seenRoots = new WeakSet<Node>();
  readonly #mutations = new MutationObserver((records) => this.#changed(records));
  // Sizes come from here, not from asking on every mutation, which would lay the page out each time.
  readonly #sizes = new ResizeObserver(() => {
    this.#collapsed = this.#element !== undefined && !hasSize(this.#element);
    if (this.#collapsed || !this.#element) this.#soon();
  });
  #collapsed = false;
  #element: HTMLElement | undefined;
  /** The element and all around it, through shadow roots. */
  #around: ReadonlySet<Node> = new Set();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busySince = 0;
  #lastLook = 0;

  constructor(target: Target, listener: Listener) {
    this.#target = target;
    this.#listener = listener;
  }

  /** Looks at once, and whenever the page has changed. */
  start(): void {
    for (const hint of hints) document.addEventListener(hint, this.#soon, { capture: true, passive: true });
    this.#look();
  }

  stop(): void {
    this.#mutations.disconnect();
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    for (const hint of hints) document.removeEventListener(hint, this.#soon, { capture: true });
  }

  /**
   * While the target is there, most of what a busy page does is no concern of ours: only attributes of what is around
   * the target can hide it, and only an opened or closed dialog can cover it.
   */
  #changed(records: readonly MutationRecord[]): void {
    if (!this.#element) this.#soon();
    else if (!this.#element.isConnected) this.#look();
    else if (
      records.some(({ type, target, attributeName }) => attributeName === 'open' || (type === 'attributes' && this.#around.has(target)))
    )
      this.#soon();
  }

  #look(): void {
    if (this.#element && isInReach(this.#element) && !this.#collapsed) return;
    this.#collapsed = false;
    const roots = openRoots();
    for (const root of roots) this.#observe(root);
    const result = findTarget(this.#target, roots);
    this.#sizes.disconnect();
    const close = result.element ?? result.hidden;
    if (close) this.#sizes.observe(close);
    const had = this.#element;
    this.#element = result.element;
    this.#around = around(result.element);
    this.missing = result.element ? undefined : result;
    if (result.element) this.#listener.found(result.element);
    else if (had) this.#listener.lost();
  }

  #observe(root: Node): void {
    if (this.#seenRoots.has(root)) return;
    this.#seenRoots.add(root);
    this.#mutations.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: watched });
  }

  readonly #soon = (): void => {
    if (this.#frame || this.#timer) return;
    const now = performance.now();
    if (now - this.#lastLook > quietMs) this.#busySince = now;
    this.#lastLook = now;
    if (now - this.#busySince > busyAfterMs) this.#timer = setTimeout(this.#run, busyGapMs);
    else this.#frame = requestAnimationFrame(this.#run);
  };

  readonly #run = (): void => {
    this.#frame = 0;
    this.#timer = undefined;
    this.#look();
  };
}

function around(element: Element | undefined): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (let at: Element | null = element ?? null; at; at = parentAcross(at)) found.add(at);
  return found;
}
