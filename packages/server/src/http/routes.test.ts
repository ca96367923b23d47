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
  server = await startTestServer({ warehouse: 'duckdb' });
  await publishBody(server, { slice: 'milestones', id: 'first-board' }, milestoneOf(did('Board Created'), { role: 'activation' }));
  const event = { type: 'track', event: 'Board Created', userId: 'ada', messageId: 'm1', context: { groupId: 'acme' } };
  await server.as(undefined).post('/v1/batch', { batch: [event] }, basic(server.environment.writeKey));
  await server.settle();
  const plan = await startAcmePlan(server, 'first-board');
  const stranger = await addWorkspace(server.services, 'other');
  cookies = { nobody: undefined, guest: await guestCookieFor(server, plan.id), owner: server.owner.cookie, stranger: stranger.cookie };
  params = { environment: server.environment.id, id: 'nothing', person: 'p_1', slice: 'milestones', task: 'kickoff', version: '1' };
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
    const gets = server.routes.filter(
      ({ method, path, access }) => method === 'GET' && access === 'owner' && !/(plans|imports|backtests)\/:id/.test(path),
    );
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

describe('addresses and queries that are nonsense', () => {
  const odd = [
    '%00',
    '%ff',
    '..%2f..%2fetc',
    '%E0%A4',
    "'; drop table people",
    '__proto__',
    'constructor',
    'x'.repeat(600),
    '%F0%9F%92%A9',
  ];

  it('in the path are answered as what is not there, never as a fault of ours', async () => {
    const wrong: string[] = [];
    for (const route of server.routes.filter(({ path }) => path.includes(':'))) {
      for (const value of odd) {
        const path = route.path.replace(':environment', params.environment ?? '').replace(/:\w+/g, value);
        const body = route.method === 'PUT' ? { body: { body: {}, revision: 0 } } : {};
        const caller = server.as(route.access === 'guest' ? cookies.guest : cookies.owner);
        const { status, text } = await caller.send(route.method, path, body);
        if (status >= 500) wrong.push(`${route.method} ${path.slice(0, 120)} → ${status} ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('in the query and in numbers are refused, never a fault of ours', async () => {
    const values = ['', '-1', '1.5', '1e15', '9007199254740991', '1e300', 'null', '%00', '%5B%5D'];
    const names = ['search', 'offset', 'limit', 'before', 'from', 'to', 'within'];
    for (const route of server.routes.filter(({ method, query }) => method === 'GET' && query)) {
      const paths = names.flatMap((name) => values.map((value) => `${address(route)}?${name}=${value}`));
      // As many at a time as the line of questions takes.
      for (let asked = 0; asked < paths.length; asked += 20) {
        const some = paths.slice(asked, asked + 20);
        const answers = await Promise.all(some.map(async (path) => ({ path, ...(await server.owner.get(path)) })));
        expect(answers.filter(({ status }) => status >= 500).map(({ path, text }) => `${path} → ${text}`)).toEqual([]);
      }
    }
  });

  it('in texts and numbers that no store can hold are answered, never a fault of ours', async () => {
    const nul = `a${String.fromCharCode(0)}b`;
    const base = `/api/e/${params.environment}`;
    const steps = [
      { type: 'event', name: nul },
      { type: 'event', name: 'b' },
    ];
    const funnel = { steps, within: 1000, from: 0, to: 1 };
    const calls = [
      server.owner.post(`${base}/keys`, { label: nul }),
      server.owner.post(`${base}/plans`, { account: nul, playbook: 'launch', name: nul, start: '2026-01-05' }),
      server.owner.send('PUT', `${base}/definitions/milestones/odd`, {
        body: { body: { ...milestoneOf(did('x')), name: nul }, revision: 0 },
      }),
      server.owner.post(`${base}/reports/funnel`, { ...funnel, to: 9_007_199_254_740_991 }),
      server.owner.post(`${base}/reports/funnel`, { ...funnel, within: 9_007_199_254_740_991 }),
      server.owner.post(`${base}/reports/funnel`, funnel),
    ];
    for (const { status, text } of await Promise.all(calls)) expect(status, text).toBeLessThan(500);
  });
});

describe('reading', () => {
  it('changes nothing in the database', async () => {
    await server.settle();
    // A session notes once a minute that it is used: that minute begins now, and does not end.
    server.clock.set(Date.now());
    for (const who of ['owner', 'stranger'] as const) await server.as(cookies[who]).get('/api/session');
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
