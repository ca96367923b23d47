import type { ImportAnswer } from '@gangway/product/features/imports/contract.ts';
import { createImportRunner } from '@gangway/product/features/imports/server/import-runner.ts';
import { removeFile } from '@gangway/product/features/imports/server/remove-file.ts';
import { importRoutes } from '@gangway/product/features/imports/server/routes.ts';
import { imports } from '@gangway/product/features/imports/server/tables.ts';
import type { AccountAnswer, IngestionAnswer, PersonAnswer, PersonRow } from '@gangway/product/features/people/contract.ts';
import type { Db, Tx } from '@gangway/product/ports/db/db.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { countFolded } from '../testing/count-folded.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { addWorkspace } from '../testing/test-workspace.ts';

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/api/e/${server.environment.id}`;
});
afterAll(() => server.stop());

type Kind = 'people' | 'accounts' | 'events';

/** Creates an import and uploads its text in parts of so many bytes. */
async function upload(
  kind: Kind,
  text: string,
  options: { format?: 'csv' | 'jsonl'; part?: number; name?: string } = {},
): Promise<ImportAnswer> {
  const { format = 'csv', part = 1_000_000, name = `${kind}.${format}` } = options;
  let answer = (await server.owner.post<ImportAnswer>(`${base}/imports`, { name, kind, format })).body;
  const bytes = new TextEncoder().encode(text);
  for (let offset = 0; offset < bytes.length; offset += part) {
    const sent = await addPart(answer.id, offset, bytes.slice(offset, offset + part));
    expect(sent.status).toBe(200);
    answer = sent.body;
  }
  return answer;
}

function addPart(id: string, offset: number, bytes: Uint8Array) {
  const headers = { 'content-type': 'application/octet-stream', cookie: server.owner.cookie ?? '' };
  return fetch(`${server.origin}${base}/imports/${id}/parts?offset=${offset}`, { method: 'POST', headers, body: Buffer.from(bytes) }).then(
    async (response) => ({ status: response.status, body: (await response.json()) as ImportAnswer & { code?: string } }),
  );
}

async function run(id: string, what: 'check' | 'start', body: object = {}): Promise<ImportAnswer> {
  const begun = await server.owner.post<ImportAnswer>(`${base}/imports/${id}/${what}`, body);
  expect([begun.status, begun.text]).toMatchObject([200, expect.any(String)]);
  const wanted = what === 'check' ? ['checked', 'failed'] : ['done', 'failed', 'cancelled'];
  return waitFor(id, (answer) => wanted.includes(answer.state));
}

async function waitFor(id: string, holds: (answer: ImportAnswer) => boolean): Promise<ImportAnswer> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const { body } = await server.owner.get<ImportAnswer>(`${base}/imports/${id}`);
    if (holds(body)) return body;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('the import does not get there');
}

async function person(userId: string): Promise<PersonAnswer | undefined> {
  await server.settle();
  const { people } = (await server.owner.get<{ people: PersonRow[] }>(`${base}/people?search=${userId}`)).body;
  return people[0] && (await server.owner.get<PersonAnswer>(`${base}/people/${people[0].id}`)).body;
}
const acknowledged = async () => (await server.owner.get<IngestionAnswer>(`${base}/ingestion`)).body.acknowledged;

describe('people from a table', () => {
  const table =
    'id,email,company,seats,note\nada,ada@acme.example,acme,3,"two\nlines, ""quoted"""\n,nobody@x.example,,,\nbob,bob@acme.example,acme,,=cmd()\n';

  it('are checked first: counts and rejects with their line, and nothing is kept', async () => {
    const uploaded = await upload('people', table, { part: 40 });
    expect(uploaded.columns).toEqual(['id', 'email', 'company', 'seats', 'note']);
    const before = await acknowledged();
    const checked = await run(uploaded.id, 'check', {
      mapping: { id: 'userId', email: 'trait', company: 'groupId', seats: 'trait', note: '' },
    });
    expect(checked).toMatchObject({ state: 'checked', rows: 3, passed: 2, rejected: 1, bytesRead: uploaded.bytes });
    expect(checked.rejects).toMatchObject([{ line: 4, reason: 'no_identity' }]);
    await server.settle();
    expect(await acknowledged()).toBe(before);
    expect(await person('ada@acme.example')).toBeUndefined();
  });

  it('arrive with traits and account, typed; the rejects are a file', async () => {
    const { id } = await upload('people', table);
    const done = await run(id, 'start');
    expect(done).toMatchObject({ state: 'done', rows: 3, passed: 2, rejected: 1, mapping: { id: 'userId', company: 'groupId' } });
    const ada = await person('ada@acme.example');
    expect(ada).toMatchObject({
      userId: 'ada',
      level: 'server',
      accounts: [{ id: 'acme' }],
      traits: { seats: 3, note: 'two\nlines, "quoted"' },
    });
    const file = await server.owner.get(`${base}/imports/${id}/rejects`);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.text).toMatch(/^.?line,reason,path,message\r\n4,no_identity,userId,/);
    expect(await server.ports.files.list(`imports/${server.environment.id}/${id}`)).toEqual([]);
  });

  it('also from a spreadsheet that writes semicolons, or tabs: the check says which was found', async () => {
    for (const [separator, userId] of [
      [';', 'semicolon'],
      ['\t', 'tab'],
    ] as const) {
      const rows = [
        ['id', 'name', 'score'],
        [userId, '"Grün, Eva"', '3,5'],
      ];
      const { id, columns } = await upload('people', `\ufeff${rows.map((row) => row.join(separator)).join('\r\n')}\r\n`);
      expect(columns).toEqual(['id', 'name', 'score']);
      expect(await run(id, 'check')).toMatchObject({ state: 'checked', rows: 1, passed: 1, separator });
      expect(await run(id, 'start')).toMatchObject({ state: 'done', passed: 1, separator });
      expect(await person(userId)).toMatchObject({ name: 'Grün, Eva', traits: { score: '3,5' } });
    }
  });

  it('count once when the same file is brought in again', async () => {
    const { id } = await upload('people', table, { name: 'again.csv' });
    expect(await run(id, 'start')).toMatchObject({ state: 'done', passed: 2 });
    expect((await person('ada@acme.example'))?.events).toMatchObject([{ name: 'Identified', count: 1 }]);
  });
});

describe('accounts and events', () => {
  it('accounts come with one of their people, or alone; a row without an account is named', async () => {
    const { id } = await upload('accounts', 'id,user_id,name,plan\nglobex,hank,Globex,pro\nempty,,Empty,free\n,,Nameless,free\n');
    const done = await run(id, 'start');
    expect(done).toMatchObject({ passed: 2, rejected: 1, rejects: [{ line: 4, reason: 'no_group' }] });
    await server.settle();
    const account = (await server.owner.get<AccountAnswer>(`${base}/accounts/globex`)).body;
    expect(account).toMatchObject({ name: 'Globex', people: 1, traits: { plan: 'pro' } });
    const alone = (await server.owner.get<AccountAnswer>(`${base}/accounts/empty`)).body;
    expect(alone).toMatchObject({ name: 'Empty', people: 0, traits: { plan: 'free' } });
  });

  it('events of the past keep their time; lines that are no event are named', async () => {
    const lines = [
      { userId: 'past', event: 'Signed Up', timestamp: '2025-03-01T10:00:00Z', properties: { plan: 'pro' } },
      { userId: 'past', event: 'Signed Up', timestamp: '2025-04-01T10:00:00Z' },
      { userId: 'past', event: 'Odd', timestamp: 'yesterday' },
      { userId: 'past', event: '' },
    ].map((line) => JSON.stringify(line));
    const { id } = await upload('events', `${lines.join('\n')}\n{"cut\n\n"hello"\n`, { format: 'jsonl', part: 11 });
    const done = await run(id, 'start');
    expect(done).toMatchObject({ state: 'done', rows: 6, passed: 2, rejected: 4 });
    expect(done.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'invalid_timestamp'],
      [4, 'no_event_name'],
      [5, 'unreadable'],
      [7, 'not_an_object'],
    ]);
    const found = await person('past');
    expect(found?.events).toMatchObject([{ name: 'Signed Up', count: 2, first: Date.UTC(2025, 2, 1, 10), last: Date.UTC(2025, 3, 1, 10) }]);
  });
});

describe('a large import', () => {
  const rows = (count: number, mark: string) =>
    `user_id,event,time\n${Array.from({ length: count }, (_, index) => `${mark}${index % 50},${mark},2025-01-01T00:00:${String(index % 60).padStart(2, '0')}.${String(index).padStart(4, '0').slice(-3)}Z`).join('\n')}\n`;

  it('goes on after a stop where it had come to, and every row counts once', async () => {
    const { id } = await upload('events', rows(3_000, 'resumed'), { part: 50_000 });
    let offered = 0;
    const runner = createImportRunner({
      services: { ...server.services, id: () => 'worker_first' },
      offer: (scope, input) => {
        offered++;
        return server.path.offer(scope, input);
      },
      waiting: async () => (offered === 2 ? 1_000 : 0),
      report: () => undefined,
    });
    // By hand, so that the server's own runner does not see it: as a process that works and then is gone.
    await server.services.db.transaction({ as: 'request', scope: server.scope }, async (tx) => {
      const [row] = await tx.get(imports, [{ workspace: server.scope.workspace, environment: server.scope.environment, id }]);
      if (row) await tx.put(imports, [{ ...row, state: 'running' }]);
    });
    runner.wake();
    const half = await waitFor(id, ({ rows: settled }) => settled === 1_000);
    expect(half).toMatchObject({ state: 'running', passed: 1_000 });
    await runner.close();
    server.clock.advance(120_000);
    const { id: other } = await upload('people', 'id\nzed\n');
    await run(other, 'start');
    const done = await waitFor(id, ({ state }) => state === 'done');
    expect(done).toMatchObject({ rows: 3_000, passed: 3_000, rejected: 0 });
    await server.settle();
    expect(await countFolded(server.ports.db, server.scope, 'resumed')).toBe(3_000);
  });

  it('can be cancelled; what went in stays, the file is gone', async () => {
    const { id } = await upload('people', 'id\nyan\n');
    const cancelled = await server.owner.post<ImportAnswer>(`${base}/imports/${id}/cancel`, {});
    expect(cancelled.body.state).toBe('cancelled');
    expect((await server.owner.post(`${base}/imports/${id}/start`, {})).status).toBe(409);
    expect(await server.ports.files.list(`imports/${server.environment.id}/${id}`)).toEqual([]);
  });
});

describe('a file that cannot be read to its end', () => {
  it('fails with the reason, and does not stay', async () => {
    const { id } = await upload('people', 'id\nkim\n"never closed');
    const failed = await run(id, 'start');
    expect(failed).toMatchObject({ state: 'failed', error: expect.stringContaining('Quote') });
    expect(await server.ports.files.list(`imports/${server.environment.id}/${id}`)).toEqual([]);
  });
});

it('of an import whose process died between its end and the removal, the file goes with the next work', async () => {
  const { id } = await upload('people', 'id\nleft\n');
  const files = () => server.ports.files.list(`imports/${server.environment.id}/${id}`);
  const key = { workspace: server.scope.workspace, environment: server.scope.environment, id };
  await server.services.db.transaction({ as: 'request', scope: server.scope }, async (tx) => {
    const [row] = await tx.get(imports, [key]);
    if (row) await tx.put(imports, [{ ...row, state: 'done' }]);
  });
  expect(await files()).toHaveLength(1);
  await run((await upload('people', 'id\nnext\n')).id, 'start');
  expect(await files()).toEqual([]);
});

it('the file of an import that ended, however it did, is removed once', async () => {
  const removed = vi.spyOn(server.ports.files, 'remove');
  const done = await upload('people', 'id\nonce-1\nonce-2\n', { part: 10 });
  await run(done.id, 'start');
  const failed = await upload('people', 'id\nonce-3\n"never closed', { part: 10 });
  await run(failed.id, 'start');
  const cancelled = await upload('people', 'id\nonce-4\n');
  for (let twice = 0; twice < 2; twice++) await server.owner.post(`${base}/imports/${cancelled.id}/cancel`, {});
  // Whoever works next looks for files that were left, and finds none of these.
  await run((await upload('people', 'id\nonce-5\n')).id, 'start');
  const parts = removed.mock.calls.map(([name]) => name.split('/').slice(-2));
  const timesOf = (id: string) => parts.filter(([of]) => of === id).map(([, part]) => part);
  expect([done, failed, cancelled].map(({ id }) => timesOf(id))).toEqual([
    ['000000', '000001'],
    ['000000', '000001', '000002'],
    ['000000'],
  ]);
  removed.mockRestore();
});

describe('an import that ends while somebody cancels it', () => {
  const key = (id: string) => ({ workspace: server.scope.workspace, environment: server.scope.environment, id });
  const known = (id: string) => server.services.db.transaction({ as: 'system' }, async (tx) => (await tx.get(imports, [key(id)]))[0]);
  const end = (id: string) =>
    server.services.db.transaction({ as: 'system' }, async (tx) => {
      for (const row of await tx.get(imports, [key(id)])) await tx.put(imports, [{ ...row, state: 'done' }]);
    });

  it('stays as it ended: the transaction of the cancel is tried again, and finds the end', async () => {
    const { id } = await upload('people', 'id\nended\n');
    const { db } = server.services;
    let lost = false;
    const losing: Db = {
      ...db,
      async transaction(access, work) {
        if (!lost) {
          lost = true;
          const undone = async (tx: Tx) => {
            await work(tx);
            throw new Error('could not serialize access');
          };
          await expect(db.transaction(access, undone)).rejects.toThrow('serialize');
          await end(id);
        }
        return db.transaction(access, work);
      },
    };
    const cancel = importRoutes(() => undefined).find(({ path }) => path.endsWith('/cancel'));
    const asked = { scope: server.scope, params: { id } } as never;
    expect(await cancel?.handle(asked, { ...server.services, db: losing })).toMatchObject({ id, state: 'done' });
    expect(await known(id)).toMatchObject({ state: 'done', finishedAt: null });
  });

  it('its row loses its parts with the file, and nothing else that was noted in between', async () => {
    const { id } = await upload('people', 'id\nended\n');
    const before = await known(id);
    await end(id);
    if (before) await removeFile(server.services, before);
    expect(await known(id)).toEqual({ ...before, state: 'done', parts: 0 });
  });
});

describe('what is refused', () => {
  it('a part that does not continue the file, with where to go on; an empty file; a mapping that cannot be', async () => {
    const { id } = await upload('people', 'id,mail\na,b\n');
    expect(await addPart(id, 3, new Uint8Array([65]))).toMatchObject({
      status: 409,
      body: { code: 'wrong_offset', detail: { bytes: 12 } },
    });
    const start = (mapping: object) => server.owner.post<{ code: string }>(`${base}/imports/${id}/start`, { mapping });
    expect((await start({ nothing: 'userId' })).body.code).toBe('invalid_mapping');
    expect((await start({ id: 'event' })).body.code).toBe('invalid_mapping');
    expect((await start({ id: 'userId', mail: 'userId' })).body.code).toBe('invalid_mapping');
    const empty = await upload('people', '');
    expect((await server.owner.post<{ code: string }>(`${base}/imports/${empty.id}/start`, {})).body.code).toBe('no_file');
  });

  it('everybody else: another workspace, nobody, another site', async () => {
    const { id } = await upload('people', 'id\na\n');
    const other = server.as((await addWorkspace(server.services, 'curious')).cookie);
    for (const path of ['', '/rejects']) expect((await other.get(`${base}/imports/${id}${path}`)).status).toBe(404);
    expect((await other.post(`${base}/imports/${id}/start`, {})).status).toBe(404);
    expect((await server.as(undefined).get(`${base}/imports/${id}`)).status).toBe(401);
    const foreign = await server.owner.send('POST', `${base}/imports/${id}/parts?offset=0`, {
      body: 'x',
      headers: { 'content-type': 'application/octet-stream', origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    const form = await server.owner.send('POST', `${base}/imports/${id}/parts?offset=0`, {
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    });
    expect(form.status).toBe(415);
  });
});
