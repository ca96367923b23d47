import type { DefinitionAnswer, DefinitionRow } from '@gangway/product/wire/definitions.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { checklistOf, did, milestoneOf, playbookOf, publishBody, tourOf } from '../testing/test-content.ts';

interface ProblemBody {
  readonly code: string;
  readonly message: string;
  readonly detail?: { readonly revision?: number; readonly issues?: { path: (string | number)[]; message: string }[] };
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const everyone = { type: 'all', of: [] } as const;
const pathOf = (slice: string, id = '') => `/api/e/${server.environment.id}/definitions/${slice}${id ? `/${id}` : ''}`;
const save = (slice: string, id: string, input: { body: unknown; revision: number }) =>
  server.owner.send<DefinitionAnswer & ProblemBody>('PUT', pathOf(slice, id), { body: input });
const publish = (slice: string, id: string, revision: number) =>
  server.owner.post<DefinitionAnswer & ProblemBody>(`${pathOf(slice, id)}/publish`, { revision, backfill: 'everyone' });

describe('a draft', () => {
  it('is made, read, listed and changed; a stale revision is a conflict that says which one holds', async () => {
    const first = await save('guides', 'welcome', { body: tourOf(everyone, { name: 'Welcome' }), revision: 0 });
    expect([first.status, first.body.revision, first.body.version, first.body.live]).toEqual([200, 1, null, false]);
    const second = await save('guides', 'welcome', { body: tourOf(everyone, { name: 'Hello' }), revision: 1 });
    expect(second.body).toMatchObject({ revision: 2, name: 'Hello', changed: true });
    const stale = await save('guides', 'welcome', { body: tourOf(everyone, { name: 'Late' }), revision: 1 });
    expect([stale.status, stale.body.code, stale.body.detail]).toEqual([409, 'conflict', { revision: 2 }]);
    expect((await save('guides', 'welcome', { body: tourOf(everyone), revision: 0 })).status).toBe(409);
    const list = await server.owner.get<{ definitions: DefinitionRow[] }>(pathOf('guides'));
    expect(list.body.definitions.map(({ id, name }) => [id, name])).toEqual([['welcome', 'Hello']]);
  });

  it('is called by its name in pickers, published or not', async () => {
    await save('milestones', 'named', { body: milestoneOf(did('A'), { name: 'Named' }), revision: 0 });
    await save('milestones', 'made-live', { body: milestoneOf(did('B'), { name: 'Made live' }), revision: 0 });
    await publish('milestones', 'made-live', 1);
    await save('milestones', 'named', { body: milestoneOf(did('A'), { name: 'Renamed' }), revision: 1 });
    const { body } = await server.owner.get(`/api/e/${server.environment.id}/names/milestones`);
    expect(body).toEqual({
      definitions: [
        { id: 'named', name: 'Renamed', live: false },
        { id: 'made-live', name: 'Made live', live: true },
      ],
    });
    expect((await server.owner.get(`/api/e/${server.environment.id}/names/plans`)).status).toBe(404);
    expect((await server.owner.get(`${pathOf('milestones', 'named')}/preparing`)).body).toEqual({ preparing: null });
  });

  it('saved by two people at once is saved by one of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => save('guides', 'race', { body: tourOf(everyone, { name: `${index}` }), revision: 0 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
  });

  it('that does not pass is answered with every complaint and its place, and is not kept', async () => {
    const body = {
      ...tourOf(everyone),
      name: '',
      steps: [{ id: 'A!', title: '' }],
      audience: { type: 'trait', name: 'plan', operator: 'equals' },
    };
    const { status, body: problem } = await save('guides', 'broken', { body, revision: 0 });
    expect([status, problem.code]).toEqual([400, 'invalid_body']);
    const places = (problem.detail?.issues ?? []).map(({ path }) => path.join('.'));
    for (const place of ['name', 'audience.value', 'steps.0.id', 'steps.0.title', 'steps.0.placement']) expect(places).toContain(place);
    expect((await server.owner.get(pathOf('guides', 'broken'))).status).toBe(404);
  });

  it('of an unknown kind, or under an id that cannot be used, is refused', async () => {
    expect((await save('plans', 'x', { body: {}, revision: 0 })).status).toBe(404);
    expect((await save('constructor', 'x', { body: {}, revision: 0 })).status).toBe(404);
    for (const id of ['Big', '-x', 'a'.repeat(65), 'a%20b', 'constructor']) {
      expect([id, (await save('milestones', id, { body: milestoneOf(did('x')), revision: 0 })).body.code]).toEqual([id, 'invalid_id']);
    }
  });

  it('with links that could run code, or with an account’s milestone that counts events, is refused', async () => {
    const link = { type: 'paragraph', children: [{ text: 'x', href: 'java\nscript:alert(1)' }] };
    const step = { ...tourOf(everyone).steps[0], body: [link] };
    expect((await save('guides', 'links', { body: { ...tourOf(everyone), steps: [step] }, revision: 0 })).status).toBe(400);
    const milestone = milestoneOf({ type: 'not', rule: did('x') }, { subject: 'account' });
    expect((await save('milestones', 'account', { body: milestone, revision: 0 })).status).toBe(400);
  });
});

describe('publishing', () => {
  it('makes versions that never change, and asks for the draft that was looked at', async () => {
    await save('milestones', 'board', { body: milestoneOf(did('Board Created'), { name: 'First' }), revision: 0 });
    expect((await publish('milestones', 'board', 7)).body).toMatchObject({ code: 'conflict', detail: { revision: 1 } });
    const one = await publish('milestones', 'board', 1);
    expect(one.body).toMatchObject({ version: 1, live: true, changed: false });
    await save('milestones', 'board', { body: milestoneOf(did('Board Created', 2), { name: 'Second' }), revision: 1 });
    const between = await server.owner.get<DefinitionAnswer>(pathOf('milestones', 'board'));
    expect(between.body).toMatchObject({ changed: true, version: 1, published: { name: 'First' }, draft: { name: 'Second' } });
    const two = await publish('milestones', 'board', 2);
    expect(two.body.versions.map(({ version, by }) => [version, by])).toEqual([
      [2, 'owner@example.com'],
      [1, 'owner@example.com'],
    ]);
    const { rows } = await server.database.pool.query<{ name: string }>(
      `select body->>'name' as name from definition_versions where definition = 'board' order by version`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['First', 'Second']);
  });

  it('of nothing is a 404, and a draft that was killed comes back by publishing it again', async () => {
    expect((await publish('guides', 'nowhere', 1)).status).toBe(404);
    expect((await server.owner.post(`${pathOf('guides', 'nowhere')}/kill`)).status).toBe(404);
    await publishBody(server, { slice: 'guides', id: 'back' }, tourOf(everyone));
    const killed = await server.owner.post<DefinitionAnswer>(`${pathOf('guides', 'back')}/kill`);
    expect(killed.body).toMatchObject({ live: false, version: 1 });
    const again = await publish('guides', 'back', 1);
    expect(again.body).toMatchObject({ live: true, version: 2 });
  });

  it('writes down who did it, in the same transaction', async () => {
    const { rows } = await server.database.pool.query<{ actor: string; action: string }>(
      `select actor, action from audit where object like '%back%' order by at`,
    );
    expect(rows.map(({ actor }) => actor)).toEqual(['owner@example.com', 'owner@example.com', 'owner@example.com']);
    expect(rows.map(({ action }) => action.split('.').at(-1))).toEqual(['published', 'killed', 'published']);
  });
});

describe('reach', () => {
  it('counts by the deciding evaluator how many a draft would concern, page conditions left aside', async () => {
    const identify = (userId: string, traits: Record<string, unknown>) => ({ type: 'identify', userId, traits });
    const batch = [identify('a', { plan: 'pro', seats: 5 }), identify('b', { plan: 'free', seats: '5' }), identify('c', {})];
    await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
    await server.settle();
    const reach = async (slice: string, body: unknown) =>
      (await server.owner.post<{ people: number; total: number }>(`${pathOf(slice, 'draft')}/reach`, { body })).body;
    const pro = { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' } as const;
    expect(await reach('guides', tourOf(everyone))).toEqual({ people: 3, total: 3 });
    expect(await reach('guides', tourOf({ type: 'all', of: [pro, { type: 'page', path: '/boards' }] }))).toEqual({ people: 1, total: 3 });
    // A text compared with a number is neither true nor false, so nobody is promised.
    const seats = { type: 'trait', name: 'seats', operator: 'greater_than', value: 1 } as const;
    expect(await reach('checklists', checklistOf(seats, ['board']))).toEqual({ people: 1, total: 3 });
    expect(await reach('milestones', milestoneOf({ type: 'not', rule: pro }))).toEqual({ people: 2, total: 3 });
    expect(await reach('playbooks', playbookOf('board'))).toMatchObject({ code: 'no_audience' });
  });
});
