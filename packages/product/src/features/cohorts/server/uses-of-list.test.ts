import type { DefinitionAnswer } from '@gangway/product/wire/definitions.ts';
import { startTestServer, type TestServer } from '@gangway/server/testing/start-test-server.ts';
import { milestoneOf, publishBody, whileSettling } from '@gangway/server/testing/test-content.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versions } from '../../../pipeline/tables.ts';
import { always, type Rule } from '../../../rules/rule.ts';
import { usesOfList } from './uses-of-list.ts';

let server: TestServer;
let base: string;

beforeAll(async () => {
  // Without the workers: a publish stays where it is until somebody takes the next step.
  server = await startTestServer({ run: false });
  base = `/api/e/${server.environment.id}`;
});
afterAll(() => server.stop());

const onList = (id: string): Rule => ({ type: 'cohort', id });
const makeList = (id: string) => publishBody(server, { slice: 'cohorts', id }, { name: id, description: '' });
const remove = (id: string) => server.owner.send<{ code: string }>('DELETE', `${base}/cohorts/${id}`);
const kill = (id: string) => whileSettling(server, server.owner.post(`${base}/definitions/milestones/${id}/kill`));
const deleted = async (id: string) => (await whileSettling(server, remove(id))).status;

/** Publishes a milestone as far as into the database; `held` resolves when somebody has applied it. */
async function beginToPublish(id: string, rule: Rule, revision = 0): Promise<{ held: Promise<unknown> }> {
  const path = `${base}/definitions/milestones/${id}`;
  const saved = await server.owner.send<DefinitionAnswer>('PUT', path, { body: { body: milestoneOf(rule), revision } });
  expect(saved.status).toBe(200);
  const held = server.owner.post(`${path}/publish`, { revision: saved.body.revision, backfill: 'from_now' });
  await expect.poll(() => newest(id), { timeout: 20_000 }).toBe(revision + 1);
  return { held };
}

async function newest(id: string): Promise<number> {
  const where = { environment: server.environment.id, slice: 'milestones', definition: id };
  const rows = await server.services.db.transaction({ as: 'system' }, (tx) => tx.list(versions, { where }));
  return rows.length;
}

describe('a list that a version on its way asks for', () => {
  it('is kept while the entry that publishes it waits, in the outbox and in the log', async () => {
    await makeList('guests');
    const { held } = await beginToPublish('in-guests', onList('guests'));
    expect((await remove('guests')).body.code).toBe('list_in_use');
    await server.path.relay();
    expect((await remove('guests')).body.code).toBe('list_in_use');
    await whileSettling(server, held);
    expect((await remove('guests')).body.code).toBe('list_in_use');
    await kill('in-guests');
    expect(await deleted('guests')).toBe(204);
  });

  it('is kept while the past is counted for it, also for days; not when that was given up', async () => {
    await makeList('testers');
    const paid: Rule = { type: 'event_sum', name: 'Paid', property: 'sum', operator: 'at_least', value: 10 };
    const { held } = await beginToPublish('in-testers', { type: 'all', of: [onList('testers'), paid] });
    await server.path.relay();
    expect((await remove('testers')).body.code).toBe('list_in_use');
    const inThreeDays = { list: 'testers', now: server.clock.now() + 3 * 86_400_000 };
    const { scope, services } = server;
    const uses = await services.db.transaction({ as: 'request', scope }, (tx) => usesOfList(tx, scope, inThreeDays));
    expect(uses).toEqual(['A milestone']);
    await kill('in-testers');
    await held;
    expect(await deleted('testers')).toBe(204);
  });

  it('is not kept by a newer version that no longer asks for it, once that holds', async () => {
    await makeList('pilots');
    const first = await beginToPublish('in-pilots', onList('pilots'));
    await whileSettling(server, first.held);
    const second = await beginToPublish('in-pilots', always, 1);
    expect((await remove('pilots')).body.code).toBe('list_in_use');
    await whileSettling(server, second.held);
    expect(await deleted('pilots')).toBe(204);
  });
});
