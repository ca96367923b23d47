import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { clickhouseMigrations } from './clickhouse-schema.ts';
import { createClickhouseWarehouse } from './clickhouse-warehouse.ts';

/** What a server says to the first statement that contains the text: an answer, or a refusal with its code. */
interface Said {
  readonly to: string;
  readonly code?: number;
  readonly text: string;
}

const welcome: readonly Said[] = [
  { to: 'version()', text: '{"version":"26.7.2.1","database":"gangway","user":"ada"}' },
  { to: 'check grant', text: '{"result":1}' },
  { to: 'select name from migrations', text: '' },
];

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** Speaks as a ClickHouse does; `asked` keeps every statement. */
async function pretend(...said: readonly Said[]) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const statement = [url.searchParams.get('query') ?? '', Buffer.concat(chunks).toString('utf8')].join('\n').trim();
    asked.push(statement);
    const found = [...said, ...welcome].find(({ to }) => statement.includes(to));
    if (found?.code === undefined) return response.end(found?.text ? `${found.text}\n` : '');
    response.writeHead(500, { 'x-clickhouse-exception-code': String(found.code) }).end(found.text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  undo.push(() => server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, asked, url: `http://ada:secret@${host}/gangway` };
}

const refusals: readonly [string, Said, { readonly code: string; readonly says: RegExp }][] = [
  [
    'a wrong password',
    {
      to: 'version()',
      code: 516,
      text: 'Code: 516. DB::Exception: ada: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED) (version 26.7.2.1)',
    },
    { code: 'clickhouse_login', says: /refuses the user or the password.*Nothing was changed\.$/ },
  ],
  [
    'a database that is not there',
    { to: 'version()', code: 81, text: 'Code: 81. DB::Exception: Database gangway does not exist. (UNKNOWN_DATABASE) (version 26.7.2.1)' },
    { code: 'clickhouse_no_database', says: /create database.*Nothing was changed\.$/ },
  ],
  [
    'a server that is too old',
    { to: 'version()', text: '{"version":"24.8.1.2","database":"gangway","user":"ada"}' },
    { code: 'clickhouse_too_old', says: /has version 24\.8\.1\.2; 25\.8 or newer is needed\. Nothing was changed\.$/ },
  ],
  [
    'a user without the rights',
    { to: 'check grant', text: '{"result":0}' },
    {
      code: 'clickhouse_no_rights',
      says: /The user ada lacks a right.*grant select, insert.* on gangway\.\* to ada\. Nothing was changed\.$/,
    },
  ],
  [
    'a user who may only read',
    {
      to: 'create table if not exists migrations',
      code: 164,
      text: 'Code: 164. DB::Exception: ada: Cannot execute query in readonly mode. (READONLY)',
    },
    { code: 'clickhouse_no_rights', says: /may only read.*the next start makes the rest\.$/ },
  ],
  [
    'a database of a newer version',
    { to: 'select name from migrations', text: '{"name":"9999-future"}' },
    { code: 'newer_data', says: /newer version of Gangway \(9999-future\)/ },
  ],
];

describe('ClickHouse at the start', () => {
  test.each(refusals)('%s is told, and nothing is written', async (_, said, { code, says }) => {
    const { url, host, asked } = await pretend(said);
    const refused = await createClickhouseWarehouse({ url }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'Problem', code, message: expect.stringMatching(says) });
    expect(String(refused)).not.toContain('secret');
    if (code !== 'newer_data') expect(String(refused)).toContain(host);
    expect(asked.filter((statement) => /^(insert|create (table|view) if not exists (?!migrations ))/i.test(statement))).toEqual([]);
  });

  test('a server that cannot be reached is told at once', async () => {
    await expect(createClickhouseWarehouse({ url: 'http://ada:secret@127.0.0.1:9' })).rejects.toMatchObject({
      code: 'clickhouse_unreachable',
      message: expect.stringMatching(/^ClickHouse at 127\.0\.0\.1:9 cannot be reached \(connect ECONNREFUSED/),
    });
  });

  test.each(['clickhouse:8123', 'not an address', 'http://127.0.0.1:8123/?unknown=1'])('%s is no address', async (url) => {
    await expect(createClickhouseWarehouse({ url })).rejects.toMatchObject({ code: 'bad_clickhouse_url' });
  });

  test('one that refuses a statement after others is told with what was done', async () => {
    const { url } = await pretend({ to: 'create view if', code: 62, text: 'Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR)' });
    await expect(createClickhouseWarehouse({ url })).rejects.toMatchObject({
      code: 'clickhouse_refused',
      message: expect.stringMatching(/It said: Syntax error.* Tables that were made by then stay; the next start makes the rest\.$/),
    });
  });

  test('one that welcomes gets the tables, and their names are noted last', async () => {
    const { url, asked } = await pretend();
    const warehouse = await createClickhouseWarehouse({ url });
    await warehouse.close();
    const noted = asked.filter((statement) => /^insert into migrations/i.test(statement));
    expect(noted.map((statement) => /"name":"([^"]+)"/.exec(statement)?.[1])).toEqual(clickhouseMigrations.map(({ name }) => name));
    expect(asked.at(-1)).toBe(noted.at(-1));
  });
});
