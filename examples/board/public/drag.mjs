/** @typedef {{ column: string, position: number }} Place */
/**
 * @typedef {{
 *   card: HTMLElement, ghost: HTMLElement, from: Place, last: Place, pointer: number, dx: number, dy: number,
 * }} Drag
 * @typedef {{
 *   placeOf: (card: HTMLElement) => Place, put: (card: HTMLElement, place: Place) => void,
 *   onDrop: (card: HTMLElement, to: Place, from: Place) => void,
 * }} Hooks
 */

/** Pixels a pointer travels before it means a drag. */
const threshold = 5;

/**
 * Cards follow the pointer: with a mouse from anywhere on the card, with a finger from its grip, so that a touch
 * elsewhere scrolls. Escape puts the card back.
 * @param {HTMLElement} board
 * @param {Hooks} hooks
 */
export function makeDraggable(board, hooks) {
  board.addEventListener('pointerdown', (down) => {
    const card = cardUnder(down);
    if (!card) return;
    if (down.pointerType === 'mouse') down.preventDefault();
    /** @type {Drag | undefined} */
    let drag;
    const control = new AbortController();
    const options = { signal: control.signal };
    const end = (/** @type {boolean} */ drop) => {
      control.abort();
      if (drag) finish(drag, { ...hooks, drop });
      drag = undefined;
    };
    addEventListener(
      'pointermove',
      (move) => {
        if (move.pointerId !== down.pointerId) return;
        if (!drag && Math.hypot(move.clientX - down.clientX, move.clientY - down.clientY) < threshold) return;
        drag ??= start(card, down, hooks);
        follow(board, drag, { move, put: hooks.put });
      },
      options,
    );
    addEventListener('pointerup', (up) => up.pointerId === down.pointerId && end(true), options);
    addEventListener('pointercancel', () => end(false), options);
    addEventListener('keydown', (event) => event.key === 'Escape' && end(false), options);
  });
}

/** @param {PointerEvent} event @returns {HTMLElement | undefined} undefined when this press is not for dragging */
function cardUnder(event) {
  const target = event.target instanceof Element ? event.target : undefined;
  if (!target || event.button !== 0 || !event.isPrimary || target.closest('button, a, input, textarea')) return undefined;
  if (event.pointerType !== 'mouse' && !target.closest('[data-grip]')) return undefined;
  return target.closest('[data-card]') instanceof HTMLElement ? /** @type {HTMLElement} */ (target.closest('[data-card]')) : undefined;
}

/** @param {HTMLElement} card @param {PointerEvent} down @param {Hooks} hooks @returns {Drag} */
function start(card, down, hooks) {
  const box = card.getBoundingClientRect();
  const ghost = /** @type {HTMLElement} */ (card.cloneNode(true));
  ghost.removeAttribute('data-card');
  ghost.removeAttribute('data-testid');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.classList.add('ghost');
  ghost.style.inlineSize = `${box.width}px`;
  document.body.append(ghost);
  card.classList.add('lifted');
  const from = hooks.placeOf(card);
  return { card, ghost, from, last: from, pointer: down.pointerId, dx: down.clientX - box.left, dy: down.clientY - box.top };
}

/** @param {HTMLElement} board @param {Drag} drag @param {{ move: PointerEvent, put: Hooks['put'] }} step */
function follow(board, drag, { move, put }) {
  const { clientX, clientY } = move;
  drag.ghost.style.transform = `translate(${clientX - drag.dx}px, ${clientY - drag.dy}px) rotate(1.5deg)`;
  const edge = board.getBoundingClientRect();
  if (clientX > edge.right - 40) board.scrollBy(16, 0);
  if (clientX < edge.left + 40) board.scrollBy(-16, 0);
  const place = placeUnder(board, drag.card, { x: clientX, y: clientY });
  if (!place || (place.column === drag.last.column && place.position === drag.last.position)) return;
  drag.last = place;
  put(drag.card, place);
}

/** @param {HTMLElement} board @param {HTMLElement} card @param {{ x: number, y: number }} point @returns {Place | undefined} undefined beside the columns */
function placeUnder(board, card, { x, y }) {
  const column = [...board.querySelectorAll('[data-column]')].find((candidate) => {
    const box = candidate.getBoundingClientRect();
    return x >= box.left && x <= box.right;
  });
  if (!column) return undefined;
  const others = [...column.querySelectorAll('[data-card]')].filter((other) => other !== card);
  const before = others.findIndex((other) => {
    const box = other.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { column: column.getAttribute('data-column') ?? '', position: before < 0 ? others.length : before };
}

/** @param {Drag} drag @param {Hooks & { drop: boolean }} hooks */
function finish(drag, { drop, put, onDrop }) {
  drag.ghost.remove();
  drag.card.classList.remove('lifted');
  const { from, last } = drag;
  const moved = last.column !== from.column || last.position !== from.position;
  if (!drop) put(drag.card, from);
  else if (moved) onDrop(drag.card, last, from);
}
