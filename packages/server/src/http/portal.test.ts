import type { PlanAnswer } from '@gangway/product/features/plans/contract.ts';
import type { PortalPlan } from '@gangway/product/features/portal/contract.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, guestCookieFor, milestoneOf, publishBody, startAcmePlan } from '../testing/test-content.ts';

let server: TestServer;
let plan: PlanAnswer;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer();
  await publishBody(server, { slice: 'milestones', id: 'board' }, milestoneOf(did('Board Created'), { name: 'First board' }));
  plan = await startAcmePlan(server, 'board');
  cookie = await guestCookieFor(server, plan.id);
});
afterAll(() => server.stop());

const nobody = () => server.as(undefined);
const open = (token: string | undefined) => nobody().post<{ code: string }>('/portal/api/open', { token });
async function newToken(): Promise<string | undefined> {
  const path = `/api/e/${server.environment.id}/plans/${plan.id}/portal-link`;
  return (await server.owner.post<{ url: string }>(path, { email: 'Gina@Acme.example' })).body.url.split('#')[1];
}

describe('a link to the portal', () => {
  it('goes out by mail and opens once, also for two at the same instant', async () => {
    const token = await newToken();
    const mail = server.ports.courier.kept.at(-1);
    expect([mail?.to, mail?.text.includes(`${server.origin}/portal/open#${token}`)]).toEqual(['Gina@Acme.example', true]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(token)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.find(({ status }) => status !== 204)?.body.code).toBe('link_not_valid');
    const set = answers.find(({ status }) => status === 204)?.headers.get('set-cookie') ?? '';
    for (const flag of ['gangway_guest=', 'HttpOnly', 'SameSite=Lax']) expect(set).toContain(flag);
  });

  it('is not consumed by a mail scanner that looks at it', async () => {
    const token = await newToken();
    for (const method of ['GET', 'HEAD']) {
      await nobody().send(method, `/portal/open?token=${token}`);
      await nobody().send(method, `/portal/api/open?token=${token}`);
    }
    expect((await open(token)).status).toBe(204);
  });
});

describe('a guest', () => {
  it('sees their own plan, without what is internal', async () => {
    const { body, text } = await server.as(cookie).get<PortalPlan>('/portal/api/plan');
    expect(body.phases.flatMap(({ tasks }) => tasks.map(({ id }) => id))).toEqual(['kickoff', 'invite', 'board']);
    expect([body.total, body.done, body.guest, body.next?.id]).toEqual([3, 0, 'gina@acme.example', 'invite']);
    expect(text).not.toMatch(/Secret notes|Hidden work/);
  });

  it('closes the customer’s tasks that are closed by hand, and no other', async () => {
    const complete = async (id: string) => (await server.as(cookie).post<{ code?: string }>(`/portal/api/tasks/${id}/complete`)).status;
    expect(await complete('kickoff')).toBe(404);
    expect(await complete('hidden')).toBe(404);
    expect(await complete('notes')).toBe(404);
    expect(await complete('nothing')).toBe(404);
    expect(await complete('board')).toBe(409);
    expect(await complete('invite')).toBe(200);
    const { body } = await server.as(cookie).get<PortalPlan>('/portal/api/plan');
    const task = body.phases.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'invite');
    expect(task).toMatchObject({ status: 'done', because: 'Closed by gina@acme.example' });
    expect(body.done).toBe(1);
  });

  it('cannot reach the dashboard, and an owner’s cookie opens no portal', async () => {
    expect((await server.as(cookie).get(`/api/e/${server.environment.id}/plans/${plan.id}`)).status).toBe(401);
    expect((await server.owner.get('/portal/api/plan')).status).toBe(401);
    const renamed = cookie.replace('gangway_guest', 'gangway_session');
    expect((await server.as(renamed).get('/api/session')).status).toBe(401);
  });

  it('sees that a fact has closed a task, and the owner sees whose it was', async () => {
    const batch = [
      { type: 'identify', userId: 'ada', traits: { name: 'Ada Lovelace' } },
      { type: 'track', event: 'Board Created', userId: 'ada', context: { groupId: 'acme' } },
    ];
    await nobody().post('/v1/batch', { batch }, basic(server.environment.writeKey));
    await server.settle();
    const { body } = await server.as(cookie).get<PortalPlan>('/portal/api/plan');
    expect(body.phases.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'board')).toMatchObject({
      status: 'done',
      automatic: true,
      because: 'Closed by “First board” (Ada Lovelace)',
    });
    const seen = await server.owner.get<PlanAnswer>(`/api/e/${server.environment.id}/plans/${plan.id}`);
    expect(seen.body.phases[0]?.tasks.find(({ id }) => id === 'board')?.closedBy?.people).toMatchObject([{ label: 'Ada Lovelace' }]);
  });

  it('sees that a task was reopened', async () => {
    await server.owner.post(`/api/e/${server.environment.id}/plans/${plan.id}/tasks/invite/reopen`);
    const { body } = await server.as(cookie).get<PortalPlan>('/portal/api/plan');
    expect(body.phases.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'invite')?.status).not.toBe('done');
  });
});

describe('time', () => {
  it('ends a link after two weeks and a guest’s way in after thirty days', async () => {
    const token = await newToken();
    server.clock.advance(14 * 86_400_000 + 1);
    expect((await open(token)).status).toBe(403);
    expect((await server.as(cookie).get('/portal/api/plan')).status).toBe(200);
    server.clock.advance(16 * 86_400_000);
    expect((await server.as(cookie).get('/portal/api/plan')).status).toBe(401);
  });
});
