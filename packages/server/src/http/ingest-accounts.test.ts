import type { AccountAnswer, IngestionAnswer } from '@gangway/product/features/people/contract.ts';
import { accounts } from '@gangway/product/pipeline/tables.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { milestoneOf, publishBody } from '../testing/test-content.ts';

let server: TestServer;
let base: string;
let secret: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
  secret = (await server.owner.post<{ secret: string }>(`${base}/keys`, { label: 'Back end' })).body.secret;
});
afterAll(() => server.stop());

interface Sent {
  readonly verdicts: readonly { readonly verdict: string; readonly reason?: string }[];
}
async function group(groupId: string, input: object = {}, key = secret): Promise<Sent['verdicts'][number] | undefined> {
  const { body } = await server.as(undefined).post<Sent>('/v1/group', { groupId, messageId: newId(), ...input }, basic(key));
  await server.settle();
  return body.verdicts[0];
}
const account = async (id: string) => (await server.owner.get<AccountAnswer>(`${base}/accounts/${id}`)).body;
const people = async () => (await server.owner.get<{ total: number }>(`${base}/people`)).body.total;

describe('an account that a back end describes', () => {
  it('is there with its traits, the latest by event time, and makes nobody up', async () => {
    const before = await people();
    await group('acme', { traits: { name: 'Acme', plan: 'pro' }, timestamp: '2026-03-02T00:00:00Z' });
    await group('acme', { traits: { plan: 'free', seats: 5 }, timestamp: '2026-03-01T00:00:00Z' });
    expect(await account('acme')).toMatchObject({ name: 'Acme', people: 0, traits: { name: 'Acme', plan: 'pro', seats: 5 } });
    expect(await people()).toBe(before);
    const { body } = await server.owner.get<IngestionAnswer>(`${base}/ingestion`);
    expect(body).toMatchObject({ balanced: true, applied: body.acknowledged });
  });

  it('reaches what its traits say, and people join it later as ever', async () => {
    await publishBody(
      server,
      { slice: 'milestones', id: 'paying' },
      milestoneOf({ type: 'trait', name: 'plan', operator: 'equals', value: 'pro' }, { subject: 'account' }),
    );
    await group('globex', { traits: { plan: 'pro' } });
    const reached = await server.services.db.transaction({ as: 'request', scope: server.scope }, (tx) =>
      tx.get(accounts, [{ ...server.scope, id: 'globex' }]),
    );
    expect(reached[0]?.doc.milestones.names).toEqual(['paying']);
    await group('globex', { userId: 'hank' });
    expect(await account('globex')).toMatchObject({ people: 1, traits: { plan: 'pro' } });
  });

  it('is refused from a page’s key, with the reason, and the account stays as it is', async () => {
    const verdict = await group('acme', { traits: { plan: 'stolen' } }, server.environment.writeKey);
    expect(verdict).toMatchObject({ verdict: 'rejected', reason: 'no_identity' });
    expect((await account('acme')).traits.plan).toBe('pro');
  });
});
