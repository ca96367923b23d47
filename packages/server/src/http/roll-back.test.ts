import type { Manifest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import type { DefinitionAnswer, VersionAnswer } from '@gangway/product/wire/definitions.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { checklistOf, did, milestoneOf, publishBody, tourOf, whileSettling } from '../testing/test-content.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const everyone = { type: 'all', of: [] } as const;
const pathOf = (slice: string, id: string) => `/api/e/${server.environment.id}/definitions/${slice}/${id}`;
const rollBack = (slice: string, id: string, input: { to: number | string; latest: number; backfill?: 'everyone' | 'from_now' }) =>
  whileSettling(
    server,
    server.owner.post<DefinitionAnswer & { code?: string }>(`${pathOf(slice, id)}/versions/${input.to}/publish`, {
      latest: input.latest,
      backfill: input.backfill ?? 'from_now',
    }),
  );
const send = async (...batch: Record<string, unknown>[]) => {
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
};
async function entriesFor(userId: string): Promise<Manifest['entries']> {
  const asked = JSON.stringify({ writeKey: server.environment.writeKey, anonymousId: `device-${userId}`, userId });
  const { body } = await server.as(undefined).post<SignedManifest>('/v1/manifest', asked, { 'content-type': 'text/plain' });
  return (JSON.parse(body.manifest) as Manifest).entries;
}

describe('an older version', () => {
  it('is read as it was published', async () => {
    await publishBody(server, { slice: 'guides', id: 'read' }, tourOf(everyone, { name: 'First' }));
    await publishBody(server, { slice: 'guides', id: 'read' }, tourOf(everyone, { name: 'Second' }));
    const { body } = await server.owner.get<VersionAnswer>(`${pathOf('guides', 'read')}/versions/1`);
    expect(body).toMatchObject({ version: 1, by: 'owner@example.com', body: { name: 'First' } });
    for (const version of ['3', '0', '1.5', 'x'])
      expect((await server.owner.get(`${pathOf('guides', 'read')}/versions/${version}`)).status).toBe(404);
  });

  it('is published again as a new one, by an entry of the log, and noted', async () => {
    await publishBody(server, { slice: 'milestones', id: 'back' }, milestoneOf(did('A'), { name: 'One' }));
    await publishBody(server, { slice: 'milestones', id: 'back' }, milestoneOf(did('B'), { name: 'Two' }));
    const { body } = await rollBack('milestones', 'back', { to: 1, latest: 2 });
    expect(body).toMatchObject({ version: 3, live: true, changed: false, name: 'One', published: { name: 'One' }, draft: { name: 'One' } });
    expect(body.versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    const { rows } = await server.database.pool.query<{ action: string }>(
      `select action from audit where object = 'back' order by at, action`,
    );
    expect(rows.map(({ action }) => action)).toContain('milestones.rolled_back');
    const log = await server.database.pool.query<{ payload: string }>('select payload from event_log');
    expect(log.rows.some(({ payload }) => payload.includes('definition:milestones:back:3:published'))).toBe(true);
  });

  it('leaves a draft with unpublished work as it is', async () => {
    await publishBody(server, { slice: 'guides', id: 'work' }, tourOf(everyone, { name: 'One' }));
    const second = await publishBody(server, { slice: 'guides', id: 'work' }, tourOf(everyone, { name: 'Two' }));
    const body = tourOf(everyone, { name: 'In progress' });
    await server.owner.send('PUT', pathOf('guides', 'work'), { body: { body, revision: second.revision } });
    const after = await rollBack('guides', 'work', { to: 1, latest: 2 });
    expect(after.body).toMatchObject({ version: 3, changed: true, published: { name: 'One' }, draft: { name: 'In progress' } });
  });

  it('is not published over one that the author has not seen, nor when there is none', async () => {
    const stale = await rollBack('guides', 'work', { to: 1, latest: 2 });
    expect([stale.status, stale.body.code]).toEqual([409, 'conflict']);
    expect((await rollBack('guides', 'work', { to: 9, latest: 3 })).status).toBe(404);
    expect((await rollBack('guides', 'nothing', { to: 1, latest: 1 })).status).toBe(409);
  });
});

describe('people in the middle of a tour', () => {
  it('stay where they are when it is rolled back, and who has finished is not asked again', async () => {
    const [first] = tourOf(everyone).steps;
    if (!first) throw new Error('no step');
    const long = tourOf(everyone, { steps: [first, { ...first, id: 'two' }] });
    await publishBody(server, { slice: 'guides', id: 'tour' }, tourOf(everyone));
    await publishBody(server, { slice: 'guides', id: 'tour' }, long);
    const about = { guideId: 'tour', guideVersion: 2 };
    await send(
      { type: 'track', userId: 'half', event: 'Guide Shown', properties: about },
      { type: 'track', userId: 'half', event: 'Guide Step Viewed', properties: { ...about, stepId: 'two' } },
      { type: 'track', userId: 'done', event: 'Guide Shown', properties: about },
      { type: 'track', userId: 'done', event: 'Guide Completed', properties: about },
    );
    await rollBack('guides', 'tour', { to: 1, latest: 2, backfill: 'everyone' });
    await server.settle();
    const half = (await entriesFor('half')).find(({ id }) => id === 'tour');
    // The step is kept although this version has none of this name: the page then begins at its first step.
    expect(half).toMatchObject({ version: 3, show: everyone, state: { status: 'shown', step: 'two' } });
    expect((await entriesFor('done')).find(({ id }) => id === 'tour')).toMatchObject({ version: 3, show: { type: 'any', of: [] } });
  });

  it('of a checklist keep their ticks, also of items that come and go', async () => {
    await publishBody(server, { slice: 'milestones', id: 'ma' }, milestoneOf(did('TA')));
    await publishBody(server, { slice: 'milestones', id: 'mb' }, milestoneOf(did('TB')));
    await publishBody(server, { slice: 'checklists', id: 'list' }, checklistOf(everyone, ['ma', 'mb']));
    await send({ type: 'track', userId: 'ticker', event: 'TA' });
    await publishBody(server, { slice: 'checklists', id: 'list' }, checklistOf(everyone, ['mb']));
    await rollBack('checklists', 'list', { to: 1, latest: 2, backfill: 'everyone' });
    await server.settle();
    const entry = (await entriesFor('ticker')).find(({ id }) => id === 'list');
    expect(entry).toMatchObject({ version: 3, state: { ticked: ['ma'], completed: false } });
  });
});
