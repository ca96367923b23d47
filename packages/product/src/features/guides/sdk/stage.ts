import type { Theme } from '../../../kernel/manifest.ts';
import { createHost, type Host } from '../../../page/host.ts';
import { homeFor } from '../../../page/modal.ts';
import { schemeOf } from '../../../page/scheme.ts';
import type { TourStep } from '../guide.ts';
import type { Card } from './card.ts';
import { aim, placeCard, sideOf } from './placement.ts';
import { reveal } from './reveal.ts';
import css from './tour.css?inline';

/** Where the card stands on the page. */
export interface Stage {
  readonly host: Host;
  /** Shows the card at a target, or in the middle of the page. `bring` scrolls the target into view. */
  show(step: TourStep, target: HTMLElement | undefined, bring: boolean): void;
  hide(): void;
  dispose(): void;
}

/** Narrower than this, the card is a sheet at the bottom. The style sheet has the same number. */
const narrow = '(max-width: 479px)';

export function createStage(theme: Theme, card: Card): Stage {
  const host = createHost(theme, css);
  host.root.append(card.element);
  const canAnchor = CSS.supports('position-area: bottom') && 'showPopover' in host.element;
  let target: HTMLElement | undefined;
  let wished: ReturnType<typeof sideOf> = 'bottom';
  let frame = 0;
  const follow = () => {
    frame ||= requestAnimationFrame(settle);
  };
  const sizes = new ResizeObserver(follow);

  function settle() {
    frame = 0;
    if (!target || !host.shown) return;
    const box = target.getBoundingClientRect();
    if (!canAnchor) {
      const { left, top } = placeCard(wished, box, host.element.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
      host.set('--left', `${left}px`);
      host.set('--top', `${top}px`);
    }
    const pointing = aim(host.element.getBoundingClientRect(), box);
    if (pointing) {
      card.element.dataset.aim = pointing.side;
      host.set('--aim', `${pointing.at}px`);
    } else delete card.element.dataset.aim;
  }

  function listen(on: boolean) {
    const change = on ? 'addEventListener' : 'removeEventListener';
    window[change]('scroll', follow, { capture: true, passive: true } as AddEventListenerOptions);
    window[change]('resize', follow);
    sizes.disconnect();
    if (on && target) for (const each of [target, host.element]) sizes.observe(each);
  }

  return {
    host,
    show(step, at, bring) {
      const place = at ?? document.documentElement;
      const direction = getComputedStyle(place).direction;
      wished = sideOf(step.placement, direction);
      target = at;
      const { element } = host;
      element.dir = direction;
      element.lang = document.documentElement.lang;
      element.dataset.scheme = schemeOf(at ?? document.body);
      element.dataset.side = wished;
      element.dataset.mode = at ? (canAnchor ? 'anchor' : 'free') : 'center';
      delete card.element.dataset.aim;
      host.show(homeFor(at), at);
      if (at && bring) reveal(at, matchMedia(narrow).matches ? element.offsetHeight + 8 : 0);
      listen(at !== undefined);
      settle();
    },
    hide() {
      listen(false);
      cancelAnimationFrame(frame);
      frame = 0;
      host.hide();
    },
    dispose() {
      listen(false);
      cancelAnimationFrame(frame);
      host.dispose();
    },
  };
}
