import { field, formDialog } from './form-parts.mjs';
import { html } from './html.mjs';
import { icon } from './icons.mjs';
import { layout } from './layout.mjs';

const newBoard = html`<button class="primary" data-open-dialog="new-board-dialog" data-testid="new-board">${icon('plus')}New board</button>`;

/** All boards of the company. @param {import('./router.mjs').Call} call @param {readonly import('./store.mjs').Board[]} boards */
export function boardsPage(call, boards) {
  return layout(call, {
    name: 'Boards',
    content: html`<div class="page">
<div class="page-head"><div><h1>Boards</h1><p class="muted">One for each thing your team is working on.</p></div>${boards.length > 0 && newBoard}</div>
${boards.length === 0 ? emptyBoards : html`<ul class="board-list">${boards.toReversed().map(boardTile)}</ul>`}
${formDialog({
  id: 'new-board-dialog',
  title: 'New board',
  action: '/boards',
  content: field({ name: 'name', label: 'Name', testId: 'board-name', hint: 'For example “Spring launch”.' }),
  submit: { label: 'Create board', testId: 'create-board' },
})}
</div>`,
  });
}

const emptyBoards = html`<section class="panel empty">
<div class="empty-picture" aria-hidden="true"><span></span><span></span><span></span></div>
<h2>Put your first piece of work up</h2>
<p class="muted">A board has three columns: to do, doing and done. Make one for something your team works on this week.</p>
${newBoard}
</section>`;

/** @param {import('./store.mjs').Board} board */
function boardTile(board) {
  const total = board.columns.reduce((sum, column) => sum + column.cards.length, 0);
  return html`<li><a class="panel tile" href="/boards/${board.id}">
<strong>${board.name}</strong>
<span class="muted">${total === 1 ? '1 card' : `${total} cards`}</span>
<span class="tile-columns">${board.columns.map((column) => html`<span><b>${column.cards.length}</b> ${column.title}</span>`)}</span>
</a></li>`;
}
