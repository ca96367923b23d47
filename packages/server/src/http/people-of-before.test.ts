import type { PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';

let server: TestServer;
let base: string;
const start = Date.UTC(2026, 0, 5, 9);

beforeAll(async () => {
  server = await startTestServer({ warehouse: 'duckdb' });
  base = `/api/e/${server.environment.id}`;
  for (const [id, event] of [
    ['board', 'Board Created'],
    ['card', 'Card Moved'],
  ] as const)
    await publishBody(server, { slice: 'milestones', id }, milestoneOf(did(event), { name: id }));
  await send('old', 'Board Created', 0);
  await send('new', 'Board Created', 0);
});
afterAll(() => server.stop());

async function send(userId: string, event: string, minutes: number): Promise<void> {
  const timestamp = new Date(start + minutes * 60_000).toISOString();
  await server
    .as(undefined)
    .post('/v1/batch', { batch: [{ type: 'track', userId, event, timestamp }] }, basic(server.environment.writeKey));
  await server.settle();
}

/** As versions before wrote it: milestones and counts as records. */
async function writeAsBefore(userId: string): Promise<void> {
  const record = (part: string) =>
    `(select json_object_agg(name, doc -> '${part}' -> 1 -> (place - 1)::int)
      from json_array_elements_text(doc -> '${part}' -> 0) with ordinality names(name, place))`;
  const { rowCount } = await server.database.pool.query(
    `update people set doc = (doc::jsonb || jsonb_build_object('milestones', ${record('milestones')}, 'events', ${record('events')}))::json
     where user_id = $1`,
    [userId],
  );
  expect(rowCount).toBe(1);
}

const list = async () => (await server.owner.get<{ people: PersonRow[] }>(`${base}/people?sort=name`)).body.people;
const person = async (userId: string) => {
  const id = (await list()).find((row) => row.userId === userId)?.id;
  const { body } = await server.owner.get<PersonAnswer>(`${base}/people/${id}`);
  return { events: body.events, reached: body.reached, milestones: body.milestones };
};
const names = async () => (await server.owner.get<{ names: string[] }>(`${base}/events/names`)).body.names;

describe('a person whose document an earlier version wrote', () => {
  it('is read, listed and sampled like others, and written anew by the next event', async () => {
    const expected = await person('old');
    expect([expected.events.length, expected.milestones]).toEqual([1, 1]);
    await writeAsBefore('old');
    const { rows } = await server.database.pool.query(`select json_typeof(doc -> 'milestones') as type from people order by user_id`);
    expect(rows).toEqual([{ type: 'array' }, { type: 'object' }]);
    expect(await person('old')).toEqual(expected);
    expect((await list()).map(({ milestones }) => milestones)).toEqual([1, 1]);
    expect(await names()).toEqual(['Board Created']);
    for (const userId of ['old', 'new']) await send(userId, 'Card Moved', 1);
    expect(await person('old')).toEqual(await person('new'));
    expect((await list()).map(({ milestones }) => milestones)).toEqual([2, 2]);
    await writeAsBefore('new');
    expect(await names()).toEqual(['Board Created', 'Card Moved']);
  });
});
