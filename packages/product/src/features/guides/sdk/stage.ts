import type { Theme } from '../../../kernel/manifest.ts';
import { createHost, type Host } from '../../../page/host.ts';
import { homeFor } from '../../../page/modal.ts';
import { schemeOf } from '../../../page/scheme.ts';
import type { TourStep } from '../guide.ts';
import type { Card } from './card.ts';
import { aim, placeCard, sideOf } from './placement.ts';
import { reveal } from './reveal.ts';
import css from './tour.css?inline';

/** Narrower than this, the card is a sheet at the bottom. The style sheet has the same number. */
const narrow = '(max-width: 479px)';

/**
 * Where the card stands on the page. The browser anchors it by CSS; only the arrow is measured, and without anchor
 * positioning the card too.
 */
export class Stage {
  readonly host: Host;
  readonly #card: Card;
  readonly #canAnchor: boolean;
  readonly #sizes = new ResizeObserver(() => this.#follow());
  #target: HTMLElement | undefined;
  #side: ReturnType<typeof sideOf> = 'bottom';
  #frame = 0;

  constructor(theme: Theme, card: Card) {
    this.host = createHost(theme, css);
    this.#card = card;
    this.host.root.append(card.element);
    this.#canAnchor = CSS.supports('position-area: bottom') && 'showPopover' in this.host.element;
  }

  /** Shows the card at a target, or in the middle of the page. `bring` scrolls the target into view. */
  show(step: TourStep, target: HTMLElement | undefined, bring: boolean): void {
    const { element } = this.host;
    const direction = getComputedStyle(target ?? document.documentElement).direction;
    this.#side = sideOf(step.placement, direction);
    this.#target = target;
    element.dir = direction;
    element.lang = document.documentElement.lang;
    element.dataset.scheme = schemeOf(target ?? document.body);
    element.dataset.side = this.#side;
    element.dataset.mode = target ? (this.#canAnchor ? 'anchor' : 'free') : 'center';
    delete this.#card.element.dataset.aim;
    this.host.show(homeFor(target), target);
    if (target && bring) reveal(target, matchMedia(narrow).matches ? element.offsetHeight + 8 : 0);
    this.#listen(target !== undefined);
    this.#settle();
  }

  hide(): void {
    this.#rest();
    this.host.hide();
  }

  dispose(): void {
    this.#rest();
    this.host.dispose();
  }

  #settle(): void {
    const { host } = this;
    if (!this.#target || !host.shown) return;
    const box = this.#target.getBoundingClientRect();
    if (!this.#canAnchor) {
      const { left, top } = placeCard(this.#side, box, host.element.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
      host.set('--left', `${left}px`);
      host.set('--top', `${top}px`);
    }
    const pointing = aim(host.element.getBoundingClientRect(), box);
    const { dataset } = this.#card.element;
    if (pointing) {
      dataset.aim = pointing.side;
      host.set('--aim', `${pointing.at}px`);
    } else delete dataset.aim;
  }

  readonly #follow = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#settle();
    });
  };

  #listen(on: boolean): void {
    this.#rest();
    if (!on || !this.#target) return;
    window.addEventListener('scroll', this.#follow, { capture: true, passive: true });
    window.addEventListener('resize', this.#follow);
    for (const each of [this.#target, this.host.element]) this.#sizes.observe(each);
  }

  #rest(): void {
    window.removeEventListener('scroll', this.#follow, { capture: true });
    window.removeEventListener('resize', this.#follow);
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
