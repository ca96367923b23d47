// One board: its columns, what adds a card, and what moves one.
import { openCardMenu } from './card-menu.mjs';
import { makeDraggable } from './drag.mjs';
import { readData } from './page-data.mjs';
import { postJson } from './post-json.mjs';
import { toast } from './toast.mjs';

/** @typedef {{ column: string, position: number }} Place */

const board = /** @type {HTMLElement} */ (document.querySelector('[data-board]'));
const path = `/boards/${board.dataset.board}/cards`;
/** @type {{ id: string, title: string }[]} */
const columns = readData('board-columns');

/** @param {string} id */
const listOf = (id) => /** @type {HTMLElement} */ (board.querySelector(`[data-column="${id}"] [data-cards]`));
/** @param {string} id */
const titleOf = (id) => columns.find((column) => column.id === id)?.title ?? id;
/** @param {HTMLElement} card */
const nameOf = (card) => card.querySelector('[data-title]')?.textContent ?? '';

/** @param {HTMLElement} card @returns {Place} */
function placeOf(card) {
  const column = card.closest('[data-column]')?.getAttribute('data-column') ?? '';
  return { column, position: [...(card.parentElement?.children ?? [])].indexOf(card) };
}

/** @param {HTMLElement} card @param {Place} place */
function put(card, { column, position }) {
  const others = [...listOf(column).children].filter((other) => other !== card);
  listOf(column).insertBefore(card, others[position] ?? null);
  recount();
}

function recount() {
  for (const column of columns) {
    const count = board.querySelector(`[data-column="${column.id}"] [data-count]`);
    if (count) count.textContent = String(listOf(column.id).children.length);
  }
}

/** Screen readers hear what a sighted person sees move. @param {string} message */
function say(message) {
  const place = document.getElementById('said');
  if (place) place.textContent = message;
}

/** Shows the move at once and takes it back when the server refuses it. @param {HTMLElement} card @param {Place} to @param {Place} from */
async function move(card, to, from) {
  put(card, to);
  const place = placeOf(card);
  say(`${nameOf(card)} is in ${titleOf(place.column)}, ${place.position + 1} of ${listOf(place.column).children.length}.`);
  try {
    await postJson(`${path}/${card.dataset.card}/move`, { ...place });
  } catch (error) {
    put(card, from);
    toast(error instanceof Error ? error.message : String(error));
  }
}

makeDraggable(board, { placeOf, put, onDrop: move });

/** The places a card can go to by menu or keyboard, seen from where it is. @param {HTMLElement} card */
function ways(card) {
  const { column, position } = placeOf(card);
  const index = columns.findIndex((candidate) => candidate.id === column);
  const size = listOf(column).children.length;
  const across = columns.map((candidate, at) => ({
    label: `Move to ${candidate.title}`,
    key: at === index - 1 ? 'ArrowLeft' : at === index + 1 ? 'ArrowRight' : '',
    to: { column: candidate.id, position: listOf(candidate.id).children.length },
  }));
  const along = [
    { label: 'Move up', key: 'ArrowUp', to: { column, position: position - 1 } },
    { label: 'Move down', key: 'ArrowDown', to: { column, position: position + 1 } },
  ];
  return [...across.filter((_, at) => at !== index), ...along.filter((way) => way.to.position >= 0 && way.to.position < size)];
}

/** @param {HTMLElement} card @param {{ to: Place }} way @param {HTMLElement} button */
function go(card, way, button) {
  const done = move(card, way.to, placeOf(card));
  button.focus();
  card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return done;
}

/** @param {Event} event */
function menuButtonOf(event) {
  const button = event.target instanceof Element ? event.target.closest('[data-card-menu]') : null;
  const card = button?.closest('[data-card]');
  return button instanceof HTMLElement && card instanceof HTMLElement ? { button, card } : undefined;
}

board.addEventListener('click', (event) => {
  const hit = menuButtonOf(event);
  if (hit) openCardMenu(hit.button, ways(hit.card), (way) => go(hit.card, way, hit.button));
});

board.addEventListener('keydown', (event) => {
  const hit = event.altKey ? menuButtonOf(event) : undefined;
  const way = hit && ways(hit.card).find((candidate) => candidate.key === event.key);
  if (!hit || !way) return;
  event.preventDefault();
  go(hit.card, way, hit.button);
});

/** @param {string} column */
function composerOf(column) {
  return /** @type {HTMLFormElement} */ (board.querySelector(`[data-column="${column}"] [data-composer]`));
}

/** @param {HTMLFormElement} form @param {boolean} open */
function showComposer(form, open) {
  form.hidden = !open;
  const opener = /** @type {HTMLElement} */ (form.parentElement?.querySelector('[data-add-here]'));
  opener.hidden = open;
  if (open) form.querySelector('textarea')?.focus();
  else opener.focus();
}

document.addEventListener('click', (event) => {
  const opener = event.target instanceof Element ? event.target.closest('[data-add-card]') : null;
  if (opener) showComposer(composerOf(opener.getAttribute('data-add-card') ?? ''), true);
});

/** @param {string} column @param {{ id: string, title: string }} facts */
function drawCard(column, facts) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('card-template'));
  const card = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).querySelector('[data-card]'));
  card.dataset.card = facts.id;
  /** @type {HTMLElement} */ (card.querySelector('[data-title]')).textContent = facts.title;
  card.querySelector('[data-card-menu]')?.setAttribute('aria-label', `Move ${facts.title}`);
  listOf(column).append(card);
  recount();
  say(`${facts.title} is added to ${titleOf(column)}.`);
}

/** @param {HTMLFormElement} form @param {string} column */
async function addCard(form, column) {
  const input = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('title'));
  const wrong = /** @type {HTMLElement} */ (form.querySelector('[data-wrong-for]'));
  const title = input.value.trim();
  wrong.textContent = '';
  if (!title) return input.focus();
  // Empty at once, so that the next card can be typed while this one travels; given back when it is refused.
  input.value = '';
  input.focus();
  try {
    const { card } = await postJson(path, { column, title });
    drawCard(column, card);
  } catch (error) {
    input.value ||= title;
    wrong.textContent = error instanceof Error ? error.message : String(error);
  }
}

for (const { id } of columns) {
  const form = composerOf(id);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    addCard(form, id);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') showComposer(form, false);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.querySelector('[data-cancel]')?.addEventListener('click', () => showComposer(form, false));
}

// Inert until here: a press before there is anybody to hear it would be lost.
for (const opener of document.querySelectorAll('[data-add-card]')) opener.removeAttribute('inert');
