import type { Route } from '@gangway/product/ports/http/route.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, guestCookieFor, milestoneOf, publishBody, startAcmePlan } from '../testing/test-content.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

type Who = 'nobody' | 'guest' | 'owner' | 'stranger';

let server: TestServer;
let cookies: Record<Who, string | undefined>;
let params: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  await publishBody(server, { slice: 'milestones', id: 'first-board' }, milestoneOf(did('Board Created')));
  const event = { type: 'track', event: 'Board Created', userId: 'ada', messageId: 'm1', context: { groupId: 'acme' } };
  await server.as(undefined).post('/v1/batch', { batch: [event] }, basic(server.environment.writeKey));
  await server.settle();
  const plan = await startAcmePlan(server, 'first-board');
  const stranger = await addWorkspace(server.services, 'other');
  cookies = { nobody: undefined, guest: await guestCookieFor(server, plan.id), owner: server.owner.cookie, stranger: stranger.cookie };
  params = { environment: server.environment.id, id: 'nothing', person: 'p_1', slice: 'milestones', task: 'kickoff' };
});
afterAll(() => server.stop());

/** Ids that exist, where the kind of thing is known from the path. */
function address(route: Route, environment = params.environment): string {
  const named = route.path.includes('/definitions/') || route.path.includes('/explain/') ? 'first-board' : undefined;
  const id = route.path.includes('/people/:id') ? 'p_1' : route.path.includes('/accounts/:id') ? 'acme' : (named ?? 'nothing');
  return route.path.replace(/:(\w+)/g, (_, name: string) =>
    name === 'environment' ? (environment ?? '') : name === 'id' ? id : (params[name] ?? ''),
  );
}

async function call(route: Route, who: Who, environment?: string) {
  // An empty object: what needs a body refuses it, after it has asked who calls.
  const body = route.method === 'GET' || !route.body ? {} : { body: {} };
  return server.as(cookies[who]).send(route.method, address(route, environment), body);
}

/** What the gate owes each kind of caller, before the handler is asked. */
function refusal(route: Route, who: Who): number | undefined {
  if (route.access === 'open') return undefined;
  if (route.access === 'owner' && (who === 'nobody' || who === 'guest')) return 401;
  if (route.access === 'guest' && who !== 'guest') return 401;
  return who === 'stranger' && route.path.includes(':environment') ? 404 : undefined;
}

describe('every route as everybody', () => {
  it('is answered as it is declared, whoever calls', async () => {
    const wrong: string[] = [];
    for (const route of server.routes) {
      // Signing out ends the session that the other calls need.
      if (route.path === '/api/sign-out') continue;
      for (const who of ['nobody', 'guest', 'owner', 'stranger'] as const) {
        const { status, headers, text } = await call(route, who);
        const owed = refusal(route, who);
        const passed = owed === undefined ? status !== 401 && status < 500 : status === owed;
        const told = status < 400 || (headers.get('content-type') ?? '').startsWith('application/problem+json');
        if (!passed || !told) wrong.push(`${who}: ${route.method} ${route.path} → ${status} ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets the owner through to the handler of every route of an environment', async () => {
    const gets = server.routes.filter(({ method, path, access }) => method === 'GET' && access === 'owner' && !path.includes('plans/:id'));
    for (const route of gets) expect([route.path, (await call(route, 'owner')).status]).toEqual([route.path, 200]);
  });

  it('answers a foreign environment with the very same body as an unknown one', async () => {
    const scoped = server.routes.filter(({ path }) => path.includes(':environment'));
    expect(scoped.length).toBeGreaterThan(20);
    for (const route of scoped) {
      const [foreign, unknown] = [await call(route, 'stranger'), await call(route, 'stranger', 'prod_0000')];
      const told = ({ status, text }: { status: number; text: string }) => ({
        route: route.path,
        status,
        text: text.replace(/"requestId":"[^"]+"/, ''),
      });
      expect(told(foreign)).toEqual(told(unknown));
    }
  });

  it('keeps the live stream for owners of the environment', async () => {
    const path = `/api/e/${params.environment}/live/stream`;
    expect((await server.as(undefined).get(path)).status).toBe(401);
    expect((await server.as(cookies.guest).get(path)).status).toBe(401);
    expect((await server.as(cookies.stranger).get(path)).status).toBe(404);
  });

  it('tells the requester the id under which the error is in the log, and nothing of the inside', async () => {
    const { body, status } = await server.as(undefined).get<Record<string, unknown>>('/api/session');
    expect(status).toBe(401);
    expect(Object.keys(body).sort()).toEqual(['code', 'message', 'requestId', 'status']);
  });
});

describe('reading', () => {
  it('changes nothing in the database', async () => {
    await server.settle();
    const before = await fingerprint();
    for (const route of server.routes.filter(({ method }) => method === 'GET')) {
      for (const who of ['nobody', 'guest', 'owner', 'stranger'] as const) await call(route, who);
      await server.owner.send('HEAD', address(route));
    }
    for (const path of ['/', '/sign-in', '/portal/open', '/livez', '/readyz', `/sdk/${server.environment.writeKey}.js`]) {
      await server.owner.get(path, { accept: 'text/html' });
    }
    expect(await fingerprint()).toEqual(before);
  });
});

/** One hash a table: every row that is in it, in any order. */
async function fingerprint(): Promise<Record<string, string>> {
  const { rows } = await server.database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const hashes: Record<string, string> = {};
  for (const { name } of rows) {
    const text = `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from "${name}" t`;
    hashes[name] = (await server.database.pool.query<{ hash: string }>(text)).rows[0]?.hash ?? '';
  }
  return hashes;
}
