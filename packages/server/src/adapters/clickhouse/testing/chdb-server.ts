import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

// A process of its own: `chdb-server.ts <folder of the packages> <folder of the data> [port]`. It speaks as much of
// ClickHouse's HTTP interface as its client uses, over the engine of npm chdb, and prints its port.

interface Session {
  query(text: string, format: string): string;
  queryBind(text: string, params: Readonly<Record<string, string>>, format: string): string;
}

const [packages = '', data = '', port = '0'] = process.argv.slice(2);
const chdb = createRequire(join(packages, 'package.json'))('chdb') as { Session: new (path: string) => Session };
const session = new chdb.Session(data);
session.query('create database if not exists gangway', 'Null');
session.query('use gangway', 'Null');

/** Parameters of the interface that are no settings of the engine. */
const foreign = new Set([
  'query',
  'query_id',
  'session_id',
  'database',
  'default_format',
  'role',
  'wait_end_of_query',
  'send_progress_in_http_headers',
]);

/** The settings of the session: a request says all of its own once more, and each would be a question. */
const settings = new Map<string, string>();

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The interface escapes texts as in tab-separated files; the engine's own binding escapes once more. */
function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
  return text.replace(/\\(.)/gs, (_, character: string) => characters[character] ?? character);
}

function answer(search: URLSearchParams, body: string): string {
  const text = [search.get('query') ?? '', body].filter((part) => part !== '').join('\n');
  const [, statement = '', format = 'TabSeparated'] = /^([\s\S]*?)(?:\s+FORMAT\s+(\w+)\s*;?\s*)?$/.exec(text) ?? [];
  for (const [name, value] of search) {
    if (foreign.has(name) || name.startsWith('param_') || settings.get(name) === value) continue;
    session.query(`set ${name} = '${value}'`, 'Null');
    settings.set(name, value);
  }
  if (/^\s*insert/i.test(text)) return session.query(text, 'Null');
  const params = Object.fromEntries(
    [...search].filter(([name]) => name.startsWith('param_')).map(([name, value]) => [name.slice(6), unescaped(value)]),
  );
  return Object.keys(params).length > 0 ? session.queryBind(statement, params, format) : session.query(statement, format);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping') return response.end('Ok.\n');
  try {
    response.end(answer(url.searchParams, await bodyOf(request)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    response.writeHead(500, { 'x-clickhouse-exception-code': /Code: (\d+)/.exec(reason)?.[1] ?? '1000' }).end(reason);
  }
});
server.listen(Number(port), '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
