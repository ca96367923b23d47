import type { Theme } from '../kernel/manifest.ts';
import { element } from './element.ts';
import css from './host.css?inline';

/** The one light-DOM element of a surface. Everything else is in its open shadow root. */
export interface Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  readonly shown: boolean;
  /** Opens it in the top layer. `source` becomes its CSS anchor. Showing again moves it to the new home and source. */
  show(home: HTMLElement, source?: HTMLElement): void;
  hide(): void;
  /** Sets a custom property (`--x`) for everything inside, by CSSOM. */
  set(property: string, value: string): void;
  dispose(): void;
}

/** Makes a host that is not yet in the document. Needs constructable style sheets; throws where they are missing. */
export function createHost(theme: Theme, surfaceCss: string): Host {
  const host = element('div', { popover: 'manual', 'data-gangway': '' });
  const root = host.attachShadow({ mode: 'open' });
  const own = new CSSStyleSheet();
  own.replaceSync(':host{}');
  root.adoptedStyleSheets = [sheetOf(css), sheetOf(surfaceCss), own];
  const rule = own.cssRules[0] as CSSStyleRule;
  const set = (property: string, value: string) => rule.style.setProperty(property, value, 'important');
  set('--accent', theme.accent);
  set('--on-accent', theme.onAccent);
  set('--radius', `${theme.radius}px`);
  const silence = quieten(host);
  let shown = false;
  const hide = () => {
    if (!shown) return;
    shown = false;
    host.removeAttribute('data-open');
    if (host.isConnected) host.hidePopover?.();
  };
  return {
    element: host,
    root,
    get shown() {
      return shown;
    },
    show(home, source) {
      const focused = root.activeElement;
      hide();
      if (host.parentNode !== home) home.append(host);
      host.setAttribute('data-open', '');
      host.showPopover?.(source ? { source } : {});
      shown = true;
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    },
    hide,
    set,
    dispose() {
      hide();
      silence();
      host.remove();
    },
  };
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** The page's outside-click and focus handlers must not take our card for "outside"; what happens inside stays inside. */
function quieten(host: HTMLElement): () => void {
  const stop = (event: Event) => event.stopPropagation();
  const kinds = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'touchstart', 'focusin', 'focusout', 'keydown', 'keyup'];
  for (const kind of kinds) host.addEventListener(kind, stop);
  return () => {
    for (const kind of kinds) host.removeEventListener(kind, stop);
  };
}
