import { startTestServer, type TestServer } from '@gangway/server/testing/start-test-server.ts';
import { basic } from '@gangway/server/testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '@gangway/server/testing/test-content.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../../../rules/rule.ts';
import type { PersonAnswer } from '../../people/contract.ts';
import type { MembersAnswer, MembershipAnswer } from '../contract.ts';
import type { Segment } from '../segment.ts';

const boardButAlone: Rule = {
  type: 'all',
  of: [
    { type: 'milestone', id: 'first-board' },
    { type: 'not', rule: did('Teammate Invited') },
  ],
};
const segment: Segment = { name: 'Alone on a board', description: '', rule: boardButAlone };

let server: TestServer;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
  await publishBody(server, { slice: 'milestones', id: 'first-board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
  const event = (userId: string, name: string) => ({ type: 'track', event: name, userId, messageId: `${userId} ${name}` });
  const batch = [
    event('ada', 'Board Created'),
    event('bob', 'Board Created'),
    event('bob', 'Teammate Invited'),
    event('cleo', 'Signed Up'),
  ];
  await server.as(undefined).post('/v1/batch', { batch }, basic(server.environment.writeKey));
  await server.settle();
  await publishBody(server, { slice: 'segments', id: 'alone' }, segment);
});
afterAll(() => server.stop());

const explain = async (id: string, person: string) =>
  (await server.owner.get<MembershipAnswer>(`${base}/explain/segments/${id}/${person}`)).body;

describe('segments', () => {
  it('list who matches now, and of how many', async () => {
    const { body } = await server.owner.post<MembersAnswer>(`${base}/segments/members`, { rule: boardButAlone });
    expect(body.people.map(({ label }) => label)).toEqual(['ada']);
    expect([body.total, body.of]).toEqual([1, 3]);
  });

  it('count a draft that nobody has published', async () => {
    const everybody = { ...segment, rule: { type: 'all', of: [] } };
    const { body } = await server.owner.post(`${base}/definitions/segments/new/reach`, { body: everybody });
    expect(body).toEqual({ people: 3, total: 3 });
  });

  it('explain why somebody is in, and what of it the person did', async () => {
    const answer = await explain('alone', 'p_1');
    expect(answer).toMatchObject({ verdict: 'would_show', headline: 'In the segment.', version: 1 });
    expect(answer.conditions[1]).toMatchObject({ text: 'has reached the milestone “First board”', answer: 'yes' });
    expect(answer.history.map(({ text }) => text)).toEqual(['Reached “First board”']);
  });

  it('explain why somebody is not', async () => {
    const answer = await explain('alone', 'p_2');
    expect(answer.verdict).toBe('not_in_audience');
    expect(answer.conditions.at(-1)).toMatchObject({ text: 'did “Teammate Invited” at least 1 time', answer: 'yes', found: 'once' });
  });

  it('say that nothing is published, rather than guess', async () => {
    expect((await explain('nothing', 'p_1')).verdict).toBe('not_published');
  });

  it('refuse a page condition: only an open page knows its path', async () => {
    const body = { ...segment, rule: { type: 'page', path: '/boards' } };
    const { status, text } = await server.owner.send('PUT', `${base}/definitions/segments/paged`, { body: { body, revision: 0 } });
    expect(status).toBe(400);
    expect(text).toContain('A segment speaks of people');
  });

  it('leave the milestones of people alone', async () => {
    const { reached } = (await server.owner.get<PersonAnswer>(`${base}/people/p_1`)).body;
    expect(reached.map(({ milestone }) => milestone)).toEqual(['first-board']);
  });
});
