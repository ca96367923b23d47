import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
});
afterAll(() => server.stop());

interface Answer {
  readonly code?: string;
  readonly id?: string;
}
const track = () =>
  server.as(undefined).post<Answer>('/v1/track', { event: 'Kept', userId: 'ada', messageId: newId() }, basic(server.environment.writeKey));
const acknowledged = async () => {
  await server.settle();
  return (await server.owner.get<{ acknowledged: number }>(`${base}/ingestion`)).body.acknowledged;
};

it('67: on a full disk events get 503 and a time, reading and signing in go on, and it clears by itself', async () => {
  expect((await track()).status).toBe(200);
  const before = await acknowledged();
  server.setSpace('full');
  const refused = await track();
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'no_space', '30']);
  expect((await server.as(undefined).get('/readyz')).body).toEqual({ ready: true, ingest: false, dashboard: true });
  expect((await server.owner.get(`${base}/people`)).status).toBe(200);
  expect((await server.as(undefined).post('/api/sign-in/request', { email: 'owner@example.com' })).status).toBe(204);
  expect(await acknowledged()).toBe(before);
  server.setSpace('ample');
  expect((await track()).status).toBe(200);
  expect(await acknowledged()).toBe(before + 1);
});

it('68: when the disk runs short imports wait with the reason, and events are taken', async () => {
  const body = { name: 'people.csv', kind: 'people', format: 'csv' };
  const { id } = (await server.owner.post<Answer>(`${base}/imports`, body)).body;
  const part = () =>
    server.owner.send<Answer>('POST', `${base}/imports/${id}/parts?offset=0`, {
      body: new TextEncoder().encode('id,plan\nada,pro\n'),
      headers: { 'content-type': 'application/octet-stream' },
    });
  server.setSpace('low');
  const refused = await part();
  expect([refused.status, refused.body.code]).toEqual([503, 'low_space']);
  expect((await track()).status).toBe(200);
  expect((await server.as(undefined).get('/readyz')).body).toEqual({ ready: true, ingest: true, dashboard: true });
  server.setSpace('ample');
  expect((await part()).status).toBe(200);
});
