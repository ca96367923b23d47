/** @typedef {{ label: string, key: string, to: { column: string, position: number } }} Way */

const arrows = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/**
 * Opens the one menu of the page under a card's button.
 * @param {HTMLElement} button
 * @param {readonly Way[]} ways
 * @param {(way: Way) => void} onChoose
 */
export function openCardMenu(button, ways, onChoose) {
  const menu = /** @type {HTMLElement} */ (document.getElementById('card-menu'));
  menu.replaceChildren(
    ...ways.map((way) => {
      const item = menuItem(way);
      item.addEventListener('click', () => {
        menu.hidePopover();
        onChoose(way);
      });
      return item;
    }),
  );
  menu.onkeydown = (event) => step(menu, event);
  menu.ontoggle = (event) => button.setAttribute('aria-expanded', String(/** @type {ToggleEvent} */ (event).newState === 'open'));
  menu.showPopover();
  place(menu, button);
  /** @type {HTMLElement | null} */ (menu.firstElementChild)?.focus();
}

/** @param {Way} way */
function menuItem(way) {
  const item = document.createElement('button');
  item.setAttribute('role', 'menuitem');
  item.tabIndex = -1;
  item.append(way.label);
  const arrow = Object.entries(arrows).find(([key]) => key === way.key)?.[1];
  if (arrow) {
    const hint = document.createElement('kbd');
    hint.setAttribute('aria-hidden', 'true');
    hint.append(`Alt ${arrow}`);
    item.append(hint);
  }
  return item;
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function step(menu, event) {
  const items = /** @type {(Element | null)[]} */ ([...menu.children]);
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Tab') menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (items[to % items.length]).focus();
}

/** Below the button, or above it where there is no room, and never outside the window. @param {HTMLElement} menu @param {HTMLElement} button */
function place(menu, button) {
  const from = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(from.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? from.bottom + 4 : from.top - height - 4)}px`;
}
