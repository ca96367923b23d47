import { startTestServer, type TestServer } from '@gangway/server/testing/start-test-server.ts';
import { basic } from '@gangway/server/testing/test-caller.ts';
import { milestoneOf, publishBody, whileSettling } from '@gangway/server/testing/test-content.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DefinitionAnswer } from '../../../wire/definitions.ts';
import type { MembersAnswer } from '../../segments/contract.ts';
import type { CohortListAnswer, CohortPeopleAnswer, CohortPeopleRequest } from '../contract.ts';

let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
  const batch = ['ada', 'bob', 'cleo'].map((userId) => ({ type: 'identify', userId, messageId: userId, traits: { name: userId } }));
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
  await publishBody(server, { slice: 'cohorts', id: 'beta' }, { name: 'Beta guests', description: '' });
  await publishBody(server, { slice: 'milestones', id: 'in-beta' }, milestoneOf({ type: 'cohort', id: 'beta' }));
});
afterAll(() => server.stop());

const move = (body: Partial<CohortPeopleRequest>, id = 'beta') =>
  whileSettling(server, server.owner.post<CohortPeopleAnswer>(`${base}/cohorts/${id}/people`, body));
const onList = async () => {
  const { body } = await server.owner.get<CohortListAnswer>(`${base}/cohorts/beta/people`);
  return body.people.map(({ label }) => label).sort();
};
const matching = async () => {
  const { body } = await server.owner.post<MembersAnswer>(`${base}/segments/members`, { rule: { type: 'cohort', id: 'beta' } });
  return body.people.map(({ label }) => label).sort();
};

describe('a fixed list', () => {
  it('has whom somebody put on it, says whom it does not know, and rules see it at once', async () => {
    const { status, body } = await move({ add: ['ada', 'bob', 'nobody'] });
    expect([status, body]).toEqual([200, { added: 2, removed: 0, unknown: ['nobody'] }]);
    expect([await onList(), await matching()]).toEqual([
      ['ada', 'bob'],
      ['ada', 'bob'],
    ]);
    const { body: milestone } = await server.owner.get<DefinitionAnswer>(`${base}/definitions/milestones/in-beta`);
    expect(milestone.numbers).toEqual({ reached: 2 });
  });

  it('is called by its name where a rule that asks for it is explained', async () => {
    const { people } = (await server.owner.get<CohortListAnswer>(`${base}/cohorts/beta/people`)).body;
    const why = await server.owner.get<{ conditions: { text: string }[] }>(`${base}/explain/milestones/in-beta/${people[0]?.id}`);
    expect(why.body.conditions.map(({ text }) => text)).toEqual(['is on the list “Beta guests”']);
  });

  it('loses whom somebody took off it, and twice is once', async () => {
    await move({ remove: ['bob'], add: ['ada'] });
    expect([await onList(), await matching()]).toEqual([['ada'], ['ada']]);
  });

  it('brings both along when two people become one', async () => {
    const batch = [
      { type: 'track', event: 'Looked', anonymousId: 'tab', messageId: 'm-look' },
      { type: 'identify', anonymousId: 'tab', userId: 'ada', messageId: 'm-join' },
    ];
    await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
    await server.settle();
    expect(await onList()).toEqual(['ada']);
  });

  it('that is not there moves nobody', async () => {
    const { status, body } = await move({ add: ['ada'] }, 'gamma');
    expect([status, (body as unknown as { code: string }).code]).toEqual([404, 'not_found']);
  });

  it('has all of many when the answer comes, and none of them twice', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `guest-${index}`);
    const batch = many.map((userId) => ({ type: 'identify', userId, messageId: userId }));
    await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
    await server.settle();
    expect((await move({ add: [...many, 'guest-0'], remove: ['guest-1'] })).body).toEqual({ added: 60, removed: 1, unknown: [] });
    expect(await onList()).toEqual(['ada', ...many.filter((id) => id !== 'guest-1')].sort());
    await move({ remove: many });
    expect(await onList()).toEqual(['ada']);
  });

  it('is read page by page and searched, and people are moved as it names them', async () => {
    await move({ add: ['bob', 'cleo'] });
    const page = async (query: string) => (await server.owner.get<CohortListAnswer>(`${base}/cohorts/beta/people?${query}`)).body;
    const first = await page('limit=2');
    expect([first.people.length, first.total]).toEqual([2, 3]);
    const second = await page(`limit=2&after=${encodeURIComponent(first.next ?? '')}`);
    expect(second).toMatchObject({ total: 3, next: null });
    expect([...first.people, ...second.people].map(({ userId }) => userId).sort()).toEqual(['ada', 'bob', 'cleo']);
    const found = await page('search=LEO');
    expect([found.total, found.people.map(({ label }) => label)]).toEqual([1, ['cleo']]);
    expect((await page('search=%25')).total).toBe(0);
    const cleo = found.people[0]?.id ?? '';
    expect((await move({ removePeople: [cleo, 'p_none'] })).body).toEqual({ added: 0, removed: 1, unknown: ['p_none'] });
    expect((await move({ addPeople: [cleo] })).body).toMatchObject({ added: 1 });
    await move({ remove: ['bob', 'cleo'] });
    expect(await onList()).toEqual(['ada']);
  });

  it('is read from a file without moving anybody', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const { status, body } = await server.owner.send('POST', `${base}/cohorts/read-file`, { body: 'name,user_id\nBob,bob\n', headers });
    expect([status, body]).toEqual([200, { columns: ['name', 'user_id'], column: 'user_id', ids: ['bob'] }]);
    const none = await server.owner.send<{ code: string }>('POST', `${base}/cohorts/read-file?column=mail`, { body: 'id\n', headers });
    expect([none.status, none.body.code]).toEqual([400, 'no_column']);
    expect(await onList()).toEqual(['ada']);
  });

  it('is not deleted while something asks for it; then it goes, and comes back as it was', async () => {
    const remove = () => whileSettling(server, server.owner.send<{ code: string; message: string }>('DELETE', `${base}/cohorts/beta`));
    const refused = await remove();
    expect([refused.status, refused.body.code]).toEqual([409, 'list_in_use']);
    expect(refused.body.message).toContain('“A milestone”');
    await whileSettling(server, server.owner.post(`${base}/definitions/milestones/in-beta/kill`));
    expect((await remove()).status).toBe(204);
    expect((await move({ add: ['bob'] })).status).toBe(404);
    await whileSettling(
      server,
      server.owner.post(`${base}/definitions/cohorts/beta/versions/1/publish`, { latest: 1, backfill: 'from_now' }),
    );
    expect(await onList()).toEqual(['ada']);
  });

  it('takes a thousand at a time', async () => {
    const { status } = await move({ add: Array.from({ length: 1001 }, (_, index) => `u${index}`) });
    expect(status).toBe(400);
  });
});
