import { explanation, makeEvent, makeIngestion, makeKey, makePerson, makePersonAnswer, refused, session, variety } from './world.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, string>;
}
export interface Told {
  readonly status: number;
  readonly body?: unknown;
}

const day = 86_400_000;
const sizes: Record<string, number> = { production: 0, demo: 14, staging: 10_000, broken: 0 };

/** What a server with this world would answer; changes with what it is asked. One per test. */
export function makeWorld(now: number) {
  const state = {
    signedIn: true,
    keys: [makeKey('billing', now)],
    events: Object.fromEntries(Object.entries(sizes).map(([id, size]) => [id, size === 0 ? 0 : 500])),
  };
  const answer = (asked: Asked): Told => {
    if (asked.path === '/api/session') return state.signedIn ? ok(session) : problem(401, 'You are signed out.');
    if (asked.path === '/api/sign-in/consume') return consume(asked.body.token ?? '', state);
    if (asked.path === '/api/sign-out') state.signedIn = false;
    if (asked.path === '/api/mailbox')
      return ok({
        messages: [{ id: 'm1', to: 'ada@example.com', subject: 'Your link', text: 'Open https://gangway.test/sign-in#x', at: now }],
      });
    const [, environment = '', rest = ''] = /^\/api\/e\/([^/]+)\/(.*)$/.exec(asked.path) ?? [];
    if (environment === '') return { status: 204 };
    if (environment === 'broken') return problem(503, 'The store does not answer. Events are kept. Try again in a minute.');
    return rest.startsWith('keys')
      ? answerKeys(asked, rest, { state, now })
      : answerReads(rest, asked.query, { count: sizes[environment] ?? 0, events: state.events[environment] ?? 0, now });
  };
  return { answer, state };
}

function consume(token: string, state: { signedIn: boolean }): Told {
  if (token.startsWith('used')) return problem(400, 'This link has been used. Nothing was changed. Ask for a new one.');
  state.signedIn = true;
  return { status: 204 };
}

function answerKeys(asked: Asked, rest: string, { state, now }: { state: { keys: ReturnType<typeof makeKey>[] }; now: number }): Told {
  if (asked.method === 'GET') return ok({ keys: state.keys });
  if (asked.method === 'POST') {
    const key = makeKey(asked.body.label ?? '', now);
    state.keys = [...state.keys, key];
    return ok({ key, secret: 'gws_1234567890abcdef' });
  }
  state.keys = state.keys.map((key) => (rest.endsWith(key.id) ? { ...key, revokedAt: now } : key));
  return { status: 204 };
}

function answerReads(rest: string, query: URLSearchParams, world: { count: number; events: number; now: number }): Told {
  const { count, events, now } = world;
  const [resource = '', id, more] = rest.split('/');
  if (resource === 'people' && id === undefined) return people(query, count, now);
  if (resource === 'people' && more === 'timeline') return ok({ events: [makeEvent('t1', 'Board Created', now - day)], next: null });
  if (resource === 'people' && more === 'decisions')
    return ok({
      contents: [
        {
          ...{ slice: 'guides', id: 'welcome', name: 'Welcome tour' },
          changes: [{ at: now - day, version: 2, verdict: 'not_in_audience', reasons: [{ text: 'plan is “team”', found: 'free' }] }],
        },
      ],
    });
  if (resource === 'people') return ok(makePersonAnswer(makePerson(Number(id?.slice(1)), now)));
  const account = { id: 'acme', name: 'Acme', people: count, firstSeen: now - 9 * day, lastSeen: now };
  if (resource === 'accounts' && id === undefined) return ok({ accounts: count === 0 ? [] : [account], total: Math.min(count, 1) });
  if (resource === 'accounts') return ok({ ...account, traits: {}, members: [makePerson(0, now), makePerson(3, now)] });
  if (resource === 'explain') return ok(explanation);
  if (resource === 'reports' && id === 'kinds') return ok({ kinds: {} });
  if (resource === 'definitions' && id === 'guides' && count > 0)
    return ok({
      definitions: [
        {
          id: 'welcome',
          name: 'Welcome tour',
          version: 2,
          live: true,
          changed: false,
          updatedAt: now,
          publishedAt: now,
          numbers: { shown: 12, completed: 7 },
        },
      ],
    });
  if (resource === 'names' && id === 'guides' && count > 0)
    return ok({ definitions: [{ id: 'welcome', name: 'Welcome tour', live: true }] });
  const fixed: Record<string, unknown> = {
    names: { definitions: [] },
    live: {
      events: count === 0 ? [] : Array.from({ length: 30 }, (_, index) => makeEvent(`e${index}`, 'Board Created', now - index * 1000)),
    },
    failed: {
      events: count === 0 ? [] : [refused],
      total: Math.min(count, 1),
      reasons: count === 0 ? [] : [{ reason: refused.reason, count: 1 }],
    },
    ingestion: makeIngestion(events),
    variety,
    definitions: { definitions: [] },
    plans: { plans: [] },
    imports: { imports: [] },
    reports: {
      milestone: { id: 'first-board', name: 'First board created' },
      within: 7 * day,
      rate: 0.5,
      activated: 10,
      matured: 20,
      open: 3,
      asOf: now,
      formula: 'activated ÷ matured',
    },
  };
  return resource in fixed ? ok(fixed[resource]) : problem(404, 'There is nothing at this address.');
}

function people(query: URLSearchParams, count: number, now: number): Told {
  const search = query.get('search') ?? '';
  const offset = Number(query.get('offset') ?? 0);
  const all = Array.from({ length: count }, (_, index) => index).filter(
    (index) => search === '' || `person ${index}`.includes(search.toLowerCase()),
  );
  return ok({
    people: all.slice(offset, offset + Number(query.get('limit') ?? 50)).map((index) => makePerson(index, now)),
    total: all.length,
  });
}

function ok(body: unknown): Told {
  return { status: 200, body };
}

function problem(status: number, message: string): Told {
  return { status, body: { code: 'refused', status, message, requestId: 'req-42' } };
}
