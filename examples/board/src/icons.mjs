import { html, Markup } from './html.mjs';

const shapes = {
  board:
    '<rect x="3" y="4" width="5" height="16" rx="1.5"/><rect x="10" y="4" width="5" height="10" rx="1.5"/><rect x="17" y="4" width="4" height="6" rx="1.5"/>',
  team: '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.8 3-5.8 6.5-5.8s5.9 2 6.5 5.8"/><path d="M16 5a3.2 3.2 0 0 1 0 6.3M18 14.8c2 .8 3.2 2.6 3.5 5.2"/>',
  plan: '<path d="M4 9h16M6.5 15h3"/><rect x="3" y="5" width="18" height="14" rx="2.5"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  more: '<circle cx="5.5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.5" cy="12" r="1"/>',
  grip: '<path d="M9 6v.01M9 12v.01M9 18v.01M15 6v.01M15 12v.01M15 18v.01"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
};

/** A small picture beside a word; hidden from screen readers, so never put it alone without a label. @param {keyof typeof shapes} name */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${new Markup(shapes[name])}</svg>`;
}

/** A pinboard with three columns and a pin: the mark of the product. */
export const mark = html`<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect class="mark-ground" width="32" height="32" rx="9"/><rect class="mark-card" x="7" y="9" width="5" height="14" rx="1.5"/><rect class="mark-card" x="13.5" y="9" width="5" height="9" rx="1.5"/><rect class="mark-card" x="20" y="9" width="5" height="5.5" rx="1.5"/></svg>`;
