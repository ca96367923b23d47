import { element } from './element.ts';

/** A polite live region for one surface. */
export interface Announcer {
  /** Says a text once. It lives in `home`, because regions outside an open modal are not read. */
  say(text: string, home: HTMLElement): void;
  dispose(): void;
}

/** Screen readers hear a change only in a region that they already know, so the text comes a moment after the region. */
const settleMs = 60;

export function createAnnouncer(): Announcer {
  const region = element('div', { role: 'status', 'aria-live': 'polite', 'data-part': 'status' });
  const host = element('div', { 'data-gangway': '' });
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ':host{all:initial!important;position:fixed!important;width:1px!important;height:1px!important;overflow:hidden!important;clip-path:inset(50%)!important}',
  );
  root.adoptedStyleSheets = [sheet];
  root.append(region);
  document.body.append(host);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    say(text, home) {
      clearTimeout(timer);
      region.textContent = '';
      if (host.parentNode !== home) home.append(host);
      timer = setTimeout(() => {
        region.textContent = text;
      }, settleMs);
    },
    dispose() {
      clearTimeout(timer);
      host.remove();
    },
  };
}
