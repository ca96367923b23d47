import { boardPage } from './board-page.mjs';
import { boardsPage } from './boards-page.mjs';
import { newId } from './ids.mjs';
import { text } from './input.mjs';
import { planOf } from './plan-list.mjs';
import { done, json, page, Refusal } from './reply.mjs';
import { forMembers } from './router.mjs';

/** @typedef {import('./router.mjs').Call & { member: import('./router.mjs').Member }} MemberCall */

/** Boards and the cards on them. */
export const boardRoutes = [
  forMembers('GET', /^\/boards$/, (call) => page(boardsPage(call, ownBoards(call)))),
  forMembers('POST', /^\/boards$/, createBoard),
  forMembers('GET', /^\/boards\/([a-z0-9_]+)$/, (call) => page(boardPage(call, findBoard(call)))),
  forMembers('POST', /^\/boards\/([a-z0-9_]+)\/cards$/, addCard),
  forMembers('POST', /^\/boards\/([a-z0-9_]+)\/cards\/([a-z0-9_]+)\/move$/, moveCard),
];

/** @param {MemberCall} call */
const ownBoards = (call) => call.app.store.state.boards.filter((board) => board.company === call.member.company.id);

/** @param {MemberCall} call */
function findBoard(call) {
  const board = ownBoards(call).find((candidate) => candidate.id === call.params[0]);
  if (!board) throw new Refusal(404, 'There is no such board in your company.');
  return board;
}

/** @param {MemberCall} call */
async function createBoard(call) {
  const { store, events } = call.app;
  const { user, company } = call.member;
  const name = text(call.input, 'name', { label: 'a name for the board' });
  const plan = planOf(company);
  if (ownBoards(call).length >= plan.boards) {
    throw new Refusal(403, `The ${plan.name} plan has ${plan.boards} boards, and you use them all. Choose a larger plan to make more.`);
  }
  const columns = [
    { id: 'todo', title: 'To do', cards: [] },
    { id: 'doing', title: 'Doing', cards: [] },
    { id: 'done', title: 'Done', cards: [] },
  ];
  const board = { id: newId('board'), company: company.id, name, createdAt: Date.now(), columns };
  store.state.boards.push(board);
  await store.save();
  events.boardCreated(user, board);
  return done(call, { location: `/boards/${board.id}`, board });
}

/** @param {MemberCall} call @param {unknown} id */
function findColumn(call, id) {
  const column = findBoard(call).columns.find((candidate) => candidate.id === id);
  if (!column) throw new Refusal(422, 'There is no such column on this board.');
  return column;
}

/** @param {MemberCall} call */
async function addCard(call) {
  const column = findColumn(call, call.input.column ?? 'todo');
  const title = text(call.input, 'title', { label: 'what is to be done', max: 200 });
  const card = { id: newId('card'), title, createdBy: call.member.user.id, createdAt: Date.now() };
  column.cards.push(card);
  await call.app.store.save();
  return done(call, { location: `/boards/${call.params[0]}`, card, column: column.id });
}

/** `column` and `position` say where it goes; a position past the end means the end. Only a new column is an event. @param {MemberCall} call */
async function moveCard(call) {
  const to = findColumn(call, call.input.column);
  const from = findBoard(call).columns.find((column) => column.cards.some((card) => card.id === call.params[1]));
  const card = from?.cards.find((candidate) => candidate.id === call.params[1]);
  if (!from || !card) throw new Refusal(404, 'This card is not on the board any more.');
  const wanted = Number(call.input.position ?? to.cards.length);
  if (!Number.isInteger(wanted) || wanted < 0) throw new Refusal(422, 'A position is a whole number from 0.');
  from.cards = from.cards.filter((candidate) => candidate !== card);
  to.cards.splice(wanted, 0, card);
  await call.app.store.save();
  if (from !== to) call.app.events.cardMoved(call.member.user, { from: from.title, to: to.title });
  return json(200, { card, column: to.id, position: to.cards.indexOf(card) });
}
