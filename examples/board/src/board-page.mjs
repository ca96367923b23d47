import { dataBlock, html } from './html.mjs';
import { icon } from './icons.mjs';
import { layout } from './layout.mjs';

/** One board. @param {import('./router.mjs').Call} call @param {import('./store.mjs').Board} board */
export function boardPage(call, board) {
  return layout(call, {
    name: 'Board',
    title: board.name,
    modules: ['board.mjs'],
    content: html`<div class="page">
<p class="crumb"><a href="/boards">Boards</a></p>
<div class="page-head"><h1>${board.name}</h1><button class="primary" data-add-card="todo" inert data-testid="add-card">${icon('plus')}Add card</button></div>
<div class="columns" data-board="${board.id}">${board.columns.map(columnSection)}</div>
<p class="muted keys">Drag a card, or use its menu. With the menu button focused, <kbd>Alt</kbd> and an arrow key move the card.</p>
<template id="card-template">${cardItem({ id: '', title: '', createdBy: '', createdAt: 0 })}</template>
<div class="menu" id="card-menu" popover="auto" role="menu" aria-label="Move card"></div>
<p class="sr" id="said" role="status"></p>
${dataBlock(
  'board-columns',
  board.columns.map(({ id, title }) => ({ id, title })),
)}
</div>`,
  });
}

/** @param {import('./store.mjs').Column} column */
function columnSection(column) {
  return html`<section class="column" data-column="${column.id}" aria-labelledby="column-${column.id}">
<div class="column-head"><h2 id="column-${column.id}">${column.title}</h2><span class="count" data-count>${column.cards.length}</span></div>
<ul class="cards" data-cards>${column.cards.map(cardItem)}</ul>
<form class="composer" data-composer data-testid="card-composer-${column.id}" hidden>
<label class="sr" for="card-title-${column.id}">New card in ${column.title}</label>
<textarea id="card-title-${column.id}" name="title" rows="2" maxlength="200" placeholder="What is to be done?" data-testid="card-title-${column.id}" required></textarea>
<p class="wrong" data-wrong-for="" role="alert"></p>
<div class="actions"><button type="button" class="quiet" data-cancel>Cancel</button><button class="primary" data-testid="save-card-${column.id}">Add</button></div>
</form>
<button class="quiet add-here" data-add-card="${column.id}" data-add-here inert data-testid="add-card-${column.id}">${icon('plus')}Add<span class="sr"> a card to ${column.title}</span></button>
</section>`;
}

/** @param {import('./store.mjs').Card} card */
function cardItem(card) {
  return html`<li class="card" data-card="${card.id}" data-testid="card">
<span class="grip" data-grip>${icon('grip')}</span>
<span class="card-title" data-title>${card.title}</span>
<button class="bare" data-card-menu data-testid="card-menu" aria-haspopup="menu" aria-expanded="false" aria-label="Move ${card.title}">${icon('more')}</button>
</li>`;
}
