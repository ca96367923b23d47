import { createSignInLink, openSession } from '@gangway/product/features/workspace/server/sessions.ts';
import { sessions, signInLinks } from '@gangway/product/features/workspace/server/tables.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

interface ProblemBody {
  readonly code: string;
  readonly message: string;
}
const minute = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const nobody = () => server.as(undefined);
const consume = (token: string) => nobody().post<ProblemBody>('/api/sign-in/consume', { token });
const newLink = () => createSignInLink(server.services, server.user);
const countSessions = async () => (await server.services.db.transaction({ as: 'system' }, (tx) => tx.list(sessions, {}))).length;

/** The token of the newest mail to this address. */
function mailedToken(to: string): string {
  const mail = server.ports.courier.kept.filter((message) => message.to === to).at(-1);
  return /#(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('a link to sign in', () => {
  it('comes by mail, opens a session once, and never again', async () => {
    expect((await nobody().post('/api/sign-in/request', { email: 'Owner@Example.com' })).status).toBe(204);
    const token = mailedToken('owner@example.com');
    const first = await consume(token);
    expect([first.status, first.text]).toEqual([204, '']);
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await server.as(cookie).get('/api/session')).body).toMatchObject({ user: { email: 'owner@example.com', name: 'Olive Owner' } });
    const second = await consume(token);
    expect([second.status, second.body.code]).toEqual([403, 'link_not_valid']);
  });

  it('opened a hundred times at once gives one session', async () => {
    const token = await newLink();
    const before = await countSessions();
    const answers = await Promise.all(Array.from({ length: 100 }, () => consume(token)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(99);
    expect(await countSessions()).toBe(before + 1);
  });

  it('is not consumed by looking at it', async () => {
    const token = await newLink();
    for (const method of ['GET', 'HEAD']) {
      for (const path of ['/sign-in', `/sign-in?token=${token}`, '/api/sign-in/consume', `/api/sign-in/consume?token=${token}`]) {
        await nobody().send(method, path, { headers: { accept: 'text/html' } });
      }
    }
    expect((await consume(token)).status).toBe(204);
  });

  it('is too old after half an hour', async () => {
    const token = await newLink();
    server.clock.advance(30 * minute + 1);
    expect((await consume(token)).body.code).toBe('link_not_valid');
    const other = await newLink();
    server.clock.advance(29 * minute);
    expect((await consume(other)).status).toBe(204);
  });

  it('is answered alike for an address that nobody has, and no mail goes out', async () => {
    const known = await nobody().post('/api/sign-in/request', { email: 'owner@example.com' });
    const before = server.ports.courier.kept.length;
    const unknown = await nobody().post('/api/sign-in/request', { email: 'stranger@example.com' });
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(server.ports.courier.kept.length).toBe(before);
  });

  it('is kept as a hash only', async () => {
    const token = await newLink();
    const rows = await server.services.db.transaction({ as: 'system' }, (tx) => tx.list(signInLinks, {}));
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.some((row) => row.hash === server.services.digest(token))).toBe(true);
  });
});

describe('a session', () => {
  it('has a cookie that scripts cannot read and other sites cannot send along', async () => {
    const { headers } = await consume(await newLink());
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^gangway_session=[\w-]{43};/);
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=2592000']) expect(cookie).toContain(flag);
    expect(cookie).not.toContain('Domain');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('ends on signing out, for every copy of the cookie', async () => {
    const cookie = `gangway_session=${await openSession(server.services, await newLink())}`;
    const out = await server.as(cookie).post('/api/sign-out');
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await server.as(cookie).get('/api/session')).status).toBe(401);
  });

  it('ends after twelve idle hours, and lives on while it is used', async () => {
    const cookie = `gangway_session=${await openSession(server.services, await newLink())}`;
    for (let hours = 0; hours < 33; hours += 11) {
      server.clock.advance(11 * 60 * minute);
      expect((await server.as(cookie).get('/api/session')).status).toBe(200);
    }
    server.clock.advance(12 * 60 * minute + 1);
    expect((await server.as(cookie).get('/api/session')).status).toBe(401);
  });

  it('is not opened by a cookie that nobody gave out, whatever is in it', async () => {
    for (const value of ['', 'x', '%', '%zz', 'a'.repeat(4000), '"quoted"', '__proto__']) {
      expect([value, (await server.as(`gangway_session=${value}`).get('/api/session')).status]).toEqual([value, 401]);
    }
  });
});

describe('calls that change something', () => {
  const cases: readonly [string, Record<string, string>, number][] = [
    ['from a foreign origin', { origin: 'https://evil.example' }, 403],
    ['from an opaque origin', { origin: 'null' }, 403],
    ['from a page that is no address', { origin: 'nonsense' }, 403],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['as text, which needs no preflight', { 'content-type': 'text/plain' }, 415],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ];
  it.each(cases)('%s are refused', async (_label, headers, status) => {
    const cookie = `gangway_session=${await openSession(server.services, await newLink())}`;
    const path = `/api/e/${server.environment.id}/keys`;
    // The body would pass: only where it comes from is wrong.
    const body = JSON.stringify({ label: 'Forged' });
    const answer = await server.as(cookie).post(path, body, { 'content-type': 'application/json', ...headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, expect.stringContaining('application/problem+json')]);
    expect((await server.as(cookie).get(path)).text).not.toContain('Forged');
  });

  it('from our own page pass', async () => {
    const cookie = `gangway_session=${await openSession(server.services, await newLink())}`;
    const headers = { origin: server.origin, 'sec-fetch-site': 'same-origin' };
    const answer = await server.as(cookie).post(`/api/e/${server.environment.id}/keys`, { label: 'Ours' }, headers);
    expect(answer.status).toBe(200);
  });

  it('with a body that is no JSON, not complete or too large are refused in words', async () => {
    const cookie = `gangway_session=${await openSession(server.services, await newLink())}`;
    const path = `/api/e/${server.environment.id}/keys`;
    const json = { 'content-type': 'application/json' };
    const caller = server.as(cookie);
    const answers = [
      await caller.post<ProblemBody>(path, '{"label":', json),
      await caller.post<ProblemBody>(path, {}, json),
      await caller.post<ProblemBody>(path, { label: 'x', more: 1 }, json),
      await caller.post<ProblemBody>(path, JSON.stringify({ label: 'x'.repeat(1_100_000) }), json),
      await caller.post<ProblemBody>(path, '{"label":"x","__proto__":{"a":1}}', json),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'bad_request'],
      [400, 'invalid_body'],
      [400, 'invalid_body'],
      [413, 'too_large'],
      [400, 'bad_request'],
    ]);
  });
});
