import { afterEach, expect, test } from 'vitest';
import { ada, boardClient, newFolder } from './board-client.ts';
import { type BoardOptions, startBoard } from './server.mjs';

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((board) => board.close()));
});

async function open(options: Partial<BoardOptions> = {}) {
  const board = await startBoard({ port: 0, dataFolder: await newFolder(), log: () => undefined, ...options });
  opened.push(board);
  return board;
}

test('everything works when Gangway cannot be reached, and is said once', async () => {
  const lines: string[] = [];
  const board = await open({ gangway: 'http://127.0.0.1:9', writeKey: 'wk_test', log: (line) => lines.push(line) });
  const client = boardClient(board.url);
  const before = Date.now();
  expect((await client.post('/sign-up', ada)).status).toBe(201);
  expect((await client.post('/boards', { name: 'Launch' })).status).toBe(201);
  expect((await client.post('/team/invites', { email: 'grace@acme.example' })).status).toBe(201);
  expect((await client.get('/boards')).text).toContain('Launch');
  expect(Date.now() - before).toBeLessThan(2000);
  await opened.pop()?.close();
  await expect.poll(() => lines).toEqual([expect.stringContaining('goes on without it')]);
});

test('without Gangway there is no script of it and no entry in the policy', async () => {
  const { text, headers } = await boardClient((await open()).url).get('/');
  expect(text).not.toContain('/sdk/');
  expect(headers.get('content-security-policy')).toContain("script-src 'self';");
});

test('plain forms work without a browser module', async () => {
  const client = boardClient((await open()).url);
  const entered = await client.submit('/sign-up', ada);
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/boards']);
  const made = await client.submit('/boards', { name: 'Launch' });
  expect((await client.get(made.headers.get('location') ?? '')).text).toContain('<h1>Launch</h1>');
});

test('what people type stays text', async () => {
  const client = boardClient((await open()).url);
  await client.post('/sign-up', { ...ada, name: '</script><img src=x onerror=alert(1)>' });
  const { text } = await client.get('/team');
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test.each([
  ['an empty name', { ...ada, name: ' ' }, 'name'],
  ['an address without @', { ...ada, email: 'ada' }, 'email'],
  ['a name that is not text', { ...ada, name: 7 }, 'name'],
  ['no company', { name: 'Ada', email: 'ada@acme.example' }, 'company'],
])('sign up refuses %s beside its field', async (_, input, field) => {
  const { status, body } = await boardClient((await open()).url).post('/sign-up', input);
  expect(status).toBe(422);
  expect(body.field).toBe(field);
});

test('an invitation leads into the company, and one link serves one person', async () => {
  const { url } = await open();
  const owner = boardClient(url);
  await owner.post('/sign-up', ada);
  const { link } = (await owner.post('/team/invites', { email: 'grace@navy.example' })).body.invite as { link: string };
  const guest = boardClient(url);
  expect((await guest.get(link)).text).toContain('Join Acme &amp; Sons');
  const invite = new URL(link, url).searchParams.get('invite');
  const joined = await guest.post('/sign-up', { name: 'Grace Hopper', email: 'grace@navy.example', invite });
  expect(joined.body.company).toMatchObject({ id: 'acme-sons' });
  expect((await boardClient(url).get(link)).text).toContain('Start your first board');
});

test('a stranger sees nothing of a company, and another site can do nothing', async () => {
  const { url } = await open();
  const owner = boardClient(url);
  await owner.post('/sign-up', ada);
  const { location } = (await owner.post('/boards', { name: 'Secret' })).body as { location: string };
  const stranger = boardClient(url);
  expect((await stranger.get(location)).headers.get('location')).toBe('/');
  expect((await stranger.post('/boards', { name: 'x' })).status).toBe(401);
  await stranger.post('/sign-up', { name: 'Eve', email: 'eve@other.example', company: 'Other' });
  expect((await stranger.get(location)).status).toBe(404);
  expect((await owner.post('/boards', { name: 'x' }, { origin: 'https://evil.example' })).status).toBe(403);
});

test('a plan is as large as it says', async () => {
  const client = boardClient((await open()).url);
  await client.post('/sign-up', ada);
  for (let made = 0; made < 10; made++) expect((await client.post('/boards', { name: `Board ${made}` })).status).toBe(201);
  expect((await client.post('/boards', { name: 'One more' })).status).toBe(403);
  await client.post('/plans', { plan: 'team' });
  expect((await client.post('/boards', { name: 'One more' })).status).toBe(201);
  expect((await client.post('/plans', { plan: 'free' })).status).toBe(409);
});

test('a restart finds everything again, sessions too', async () => {
  const dataFolder = await newFolder();
  const first = await open({ dataFolder });
  const client = boardClient(first.url);
  await client.post('/sign-up', ada);
  await client.post('/boards', { name: 'Kept' });
  await opened.pop()?.close();
  const second = await open({ dataFolder, port: Number(new URL(first.url).port) });
  expect(second.url).toBe(first.url);
  expect((await client.get('/boards')).text).toContain('Kept');
});

test('signing out ends the session', async () => {
  const client = boardClient((await open()).url);
  await client.post('/sign-up', ada);
  await client.post('/sign-out', {});
  expect((await client.get('/boards')).status).toBe(303);
});

test('a port in use is said plainly', async () => {
  const port = Number(new URL((await open()).url).port);
  await expect(startBoard({ port, dataFolder: await newFolder() })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
});
