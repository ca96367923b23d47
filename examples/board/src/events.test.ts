import { afterAll, beforeAll, expect, test } from 'vitest';
import { ada, boardClient, newFolder } from './board-client.ts';
import { startBoard } from './server.mjs';
import { startStubGangway } from './stub-gangway.ts';

let gangway: Awaited<ReturnType<typeof startStubGangway>>;
let board: Awaited<ReturnType<typeof startBoard>>;
let client: ReturnType<typeof boardClient>;
let userId: string;

beforeAll(async () => {
  gangway = await startStubGangway();
  board = await startBoard({ port: 0, gangway: gangway.url, writeKey: 'wk_test', dataFolder: await newFolder(), log: () => undefined });
  client = boardClient(board.url);
  const { body } = await client.post('/sign-up', ada);
  userId = (body.user as { id: string }).id;
});
afterAll(async () => {
  await board.close();
  await gangway.close();
});

test('signing up identifies the person, groups them and tracks it, with the write key', async () => {
  const tracked = await gangway.tracked('Signed Up');
  expect(tracked).toMatchObject({ userId, context: { groupId: 'acme-sons' } });
  const ofType = (type: string) => gangway.events.find((event) => event.type === type);
  await expect.poll(() => ofType('identify')).toMatchObject({ userId, traits: { name: 'Ada Lovelace', email: 'ada@acme.example' } });
  await expect.poll(() => ofType('group')).toMatchObject({ userId, groupId: 'acme-sons', traits: { name: 'Acme & Sons', plan: 'free' } });
  expect(new Set(gangway.keys)).toEqual(new Set(['wk_test:']));
});

test('creating a board is tracked with its id and name', async () => {
  const { body } = await client.post('/boards', { name: 'Spring launch' });
  const { id } = body.board as { id: string };
  const tracked = await gangway.tracked('Board Created');
  expect(tracked).toMatchObject({ userId, properties: { boardId: id, name: 'Spring launch' }, context: { groupId: 'acme-sons' } });
});

test('inviting a teammate tells the domain of the address and nothing else of it', async () => {
  await client.post('/team/invites', { email: 'grace@navy.example' });
  const tracked = await gangway.tracked('Teammate Invited');
  expect(tracked.properties).toEqual({ emailDomain: 'navy.example' });
  expect(JSON.stringify(gangway.events)).not.toContain('grace@');
});

test('moving a card is tracked when it changes its column, and only then', async () => {
  const { body } = await client.post('/boards', { name: 'Second' });
  const path = `${body.location}/cards`;
  const cards = await Promise.all(['one', 'two'].map((title) => client.post(path, { column: 'todo', title })));
  const [first] = cards.map((answer) => (answer.body.card as { id: string }).id);
  expect((await client.post(`${path}/${first}/move`, { column: 'todo', position: 1 })).body).toMatchObject({ column: 'todo', position: 1 });
  expect((await client.post(`${path}/${first}/move`, { column: 'doing', position: 0 })).status).toBe(200);
  expect((await gangway.tracked('Card Moved')).properties).toEqual({ from: 'To do', to: 'Doing' });
  expect(gangway.events.filter((event) => event.event === 'Card Moved')).toHaveLength(1);
});

test('choosing a plan is tracked once and updates the account', async () => {
  await client.post('/plans', { plan: 'team' });
  await client.post('/plans', { plan: 'team' });
  expect((await gangway.tracked('Plan Chosen')).properties).toEqual({ plan: 'team' });
  await expect.poll(() => gangway.events.filter((event) => event.type === 'group').at(-1)?.traits).toMatchObject({ plan: 'team' });
  expect(gangway.events.filter((event) => event.event === 'Plan Chosen')).toHaveLength(1);
});

test('a page carries the loader, lets it in by its policy, and names the person', async () => {
  const { text, headers } = await client.get('/boards');
  expect(text).toContain(`<script async src="${gangway.url}/sdk/wk_test.js"></script>`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`script-src 'self' ${gangway.url};`);
  expect(policy).toContain(`connect-src 'self' ${gangway.url};`);
  expect(policy).not.toContain('unsafe');
  const facts = JSON.parse(/id="page-facts">(.*?)<\/script>/.exec(text)?.[1] ?? '') as Record<string, unknown>;
  expect(facts).toMatchObject({ name: 'Boards', user: { id: userId, company: { id: 'acme-sons' } } });
});
