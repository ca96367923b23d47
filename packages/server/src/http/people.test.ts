import type { AccountAnswer, AccountRow, PersonAnswer, PersonRow, TimelineEvent } from '@gangway/product/features/people/contract.ts';
import type { KeyRow } from '@gangway/product/features/workspace/contract.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';

let server: TestServer;
let base: string;
const start = Date.UTC(2026, 0, 5, 9);
const minute = 60_000;

beforeAll(async () => {
  server = await startTestServer({ warehouse: 'duckdb' });
  base = `/api/e/${server.environment.id}`;
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
  const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
  const identify = (userId: string, minutes: number, traits: Record<string, unknown>) => ({
    type: 'identify',
    userId,
    traits,
    timestamp: at(minutes),
  });
  await send(
    identify('u1', 1, { name: 'Ada 100% Lovelace', email: 'ada@acme.example' }),
    identify('u2', 2, { name: 'Bob_Builder', email: 'bob@acme.example' }),
    identify('u3', 3, { email: 'carl@other.example' }),
    { type: 'group', userId: 'u1', groupId: 'acme', traits: { name: 'Acme', size: 50 }, timestamp: at(4) },
    { type: 'group', userId: 'u2', groupId: 'acme', timestamp: at(5) },
    { type: 'track', userId: 'u1', event: 'Board Created', timestamp: at(6), messageId: 'made' },
  );
});
afterAll(() => server.stop());

async function send(...batch: Record<string, unknown>[]): Promise<void> {
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
}
const list = async (query = '') => (await server.owner.get<{ people: PersonRow[]; total: number }>(`${base}/people?${query}`)).body;
const idOf = async (userId: string) => (await list(`search=${userId}`)).people[0]?.id ?? '';
const labels = ({ people }: { people: readonly PersonRow[] }) => people.map(({ userId }) => userId);

describe('the list of people', () => {
  it('is sorted, paged and counted', async () => {
    expect(labels(await list())).toEqual(['u1', 'u2', 'u3']);
    expect(labels(await list('sort=firstSeen&direction=asc'))).toEqual(['u1', 'u2', 'u3']);
    expect(labels(await list('sort=name&direction=desc'))).toEqual(['u3', 'u2', 'u1']);
    const page = await list('limit=1&offset=1');
    expect([labels(page), page.total]).toEqual([['u2'], 3]);
    expect((await list('offset=50')).people).toEqual([]);
  });

  it('is searched by what people are called, where % and _ are letters', async () => {
    expect(labels(await list('search=ACME.example'))).toEqual(['u1', 'u2']);
    expect(labels(await list(`search=${encodeURIComponent('100%')}`))).toEqual(['u1']);
    expect(labels(await list(`search=${encodeURIComponent('%')}`))).toEqual(['u1']);
    expect(labels(await list('search=_'))).toEqual(['u2']);
    expect(labels(await list('search=u3'))).toEqual(['u3']);
    expect(labels(await list(`search=${encodeURIComponent("' or 1=1 --")}`))).toEqual([]);
  });
});

describe('a person', () => {
  it('has traits, ids, counts, accounts and milestones', async () => {
    const { body } = await server.owner.get<PersonAnswer>(`${base}/people/${await idOf('u1')}`);
    expect(body).toMatchObject({ name: 'Ada 100% Lovelace', milestones: 1, accounts: [{ id: 'acme', name: 'Acme' }] });
    expect(body.reached).toEqual([{ milestone: 'board', name: 'First board', at: start + 6 * minute }]);
    expect(body.events.map(({ name, count }) => [name, count])).toEqual([
      ['Identified', 1],
      ['Group Joined', 1],
      ['Board Created', 1],
    ]);
  });

  it('has a timeline, newest first, with the milestone after the event that led to it', async () => {
    const path = `${base}/people/${await idOf('u1')}/timeline`;
    const { events } = (await server.owner.get<{ events: TimelineEvent[] }>(path)).body;
    expect(events.map(({ name }) => name)).toEqual(['Milestone reached: First board', 'Board Created', 'Group Joined', 'Identified']);
    const older = (await server.owner.get<{ events: TimelineEvent[] }>(`${path}?before=${start + 4 * minute}`)).body;
    expect(older.events.map(({ name }) => name)).toEqual(['Identified']);
  });

  it('has a timeline of pages that lose nothing of one millisecond', async () => {
    const timestamp = new Date(start + 3 * minute).toISOString();
    const events = Array.from({ length: 130 }, (_, index) => ({ type: 'track', userId: 'u2', event: `Clicked ${index}`, timestamp }));
    await send(...events.slice(0, 100));
    await send(...events.slice(100));
    const path = `${base}/people/${await idOf('u2')}/timeline`;
    type Page = { events: TimelineEvent[]; next: number | null };
    const first = (await server.owner.get<Page>(path)).body;
    const second = (await server.owner.get<Page>(`${path}?next=${first.next}`)).body;
    expect([first.events.length, second.next]).toEqual([100, null]);
    const clicked = [...first.events, ...second.events].filter(({ name }) => name.startsWith('Clicked'));
    expect(new Set(clicked.map(({ name }) => name)).size).toBe(130);
  });

  it('who has become another one is found under both ids', async () => {
    await send({ type: 'track', anonymousId: 'device', event: 'Looked' });
    const before = (await list()).people.find(({ userId }) => userId === null)?.id ?? '';
    await send({ type: 'identify', userId: 'u3', anonymousId: 'device' });
    const { body } = await server.owner.get<PersonAnswer>(`${base}/people/${before}`);
    expect(body).toMatchObject({ userId: 'u3', email: 'carl@other.example' });
    expect(body.identities).toEqual([
      { kind: 'anonymous', value: 'device' },
      { kind: 'user', value: 'u3' },
    ]);
    expect((await list()).total).toBe(3);
    const { events } = (await server.owner.get<{ events: TimelineEvent[] }>(`${base}/people/${before}/timeline`)).body;
    expect(events.map(({ name }) => name).sort()).toEqual(['Identified', 'Identified', 'Looked']);
  });

  it('that nobody knows is a 404, in every way to ask', async () => {
    for (const path of ['people/p_999', 'people/p_999/timeline', 'accounts/nobody']) {
      expect([path, (await server.owner.get(`${base}/${path}`)).status]).toEqual([path, 404]);
    }
  });
});

describe('an account', () => {
  it('is listed, searched and opened with its people', async () => {
    const { body } = await server.owner.get<{ accounts: AccountRow[]; total: number }>(`${base}/accounts?search=acm`);
    expect(body).toMatchObject({ total: 1, accounts: [{ id: 'acme', name: 'Acme', people: 2 }] });
    const one = (await server.owner.get<AccountAnswer>(`${base}/accounts/acme`)).body;
    expect(one.traits).toEqual({ name: 'Acme', size: 50 });
    expect(one.members.map(({ userId }) => userId)).toEqual(['u1', 'u2']);
  });
});

describe('keys', () => {
  it('are made with a secret that is shown once, listed without it, and revoked', async () => {
    const made = (await server.owner.post<{ key: KeyRow; secret: string }>(`${base}/keys`, { label: ' Back end ' })).body;
    expect([made.secret.startsWith('sk_'), made.key.label, made.key.kind]).toEqual([true, 'Back end', 'secret']);
    const listed = await server.owner.get<{ keys: KeyRow[] }>(`${base}/keys`);
    expect(listed.text).not.toContain(made.secret);
    expect(listed.body.keys.map(({ kind }) => kind)).toEqual(['public', 'secret']);
    const revoked = await server.owner.send<{ key: KeyRow }>('DELETE', `${base}/keys/${made.key.id}`);
    expect(revoked.body.key.revokedAt).not.toBeNull();
    const again = await server.owner.send<{ key: KeyRow }>('DELETE', `${base}/keys/${made.key.id}`);
    expect(again.body.key.revokedAt).toBe(revoked.body.key.revokedAt);
    const stored = await server.database.pool.query(`select hash from keys where id = $1`, [made.key.id]);
    expect(stored.rows).toEqual([{ hash: server.services.digest(made.secret) }]);
  });

  it('that are in pages cannot be revoked by mistake', async () => {
    const { body } = await server.owner.get<{ keys: KeyRow[] }>(`${base}/keys`);
    const write = body.keys.find(({ kind }) => kind === 'public');
    const answer = await server.owner.send<{ code: string }>('DELETE', `${base}/keys/${write?.id}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'write_key_stays']);
  });
});
