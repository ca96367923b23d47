import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { boardRoutes } from './boards.mjs';
import { entranceRoutes } from './entrance.mjs';
import { createEvents } from './gangway.mjs';
import { html } from './html.mjs';
import { isJson } from './input.mjs';
import { layout } from './layout.mjs';
import { planRoutes } from './plans.mjs';
import { publicFiles } from './public-files.mjs';
import { json, page, Refusal } from './reply.mjs';
import { answer, memberOf } from './router.mjs';
import { securityHeaders } from './security-headers.mjs';
import { openStore } from './store.mjs';
import { teamRoutes } from './team.mjs';

const routes = [...entranceRoutes, ...boardRoutes, ...teamRoutes, ...planRoutes, publicFiles];

/**
 * Starts Corkboard.
 * @param {{
 *   port: number, host?: string, dataFolder: string, log?: (line: string) => void,
 *   gangway?: string | undefined, writeKey?: string | undefined,
 * }} options `port` 0 takes a free one; without `gangway` (an origin) and `writeKey` nothing is sent to Gangway
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} rejects when the port is in use or the data cannot be read
 */
export async function startBoard({ port, host = '127.0.0.1', gangway, writeKey, dataFolder, log = console.log }) {
  const origin = gangway ? new URL(gangway).origin : undefined;
  const store = await openStore(dataFolder);
  const events = createEvents({ gangway: origin, writeKey, log });
  /** @type {import('./router.mjs').App} */
  const app = { store, events, tag: { gangway: origin, writeKey } };
  const headers = securityHeaders(origin);

  const server = createServer(async (request, response) => {
    const reply = await answer(routes, app, request).catch((error) => explain(error, { app, request, log }));
    response.writeHead(reply.status, { ...headers, ...reply.headers });
    response.end(request.method === 'HEAD' ? undefined : reply.body);
  });
  await listen(server, port, host);
  const address = server.address();
  const url = `http://${host}:${typeof address === 'object' && address ? address.port : port}`;

  return {
    url,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await events.close();
      await store.save();
    },
  };
}

/** @param {import('node:http').Server} server @param {number} port @param {string} host @returns {Promise<void>} */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} on ${host} is in use. Set PORT to another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
}

/**
 * An error as the person sees it. Only a bug is logged.
 * @param {unknown} error
 * @param {{ app: import('./router.mjs').App, request: import('node:http').IncomingMessage, log: (line: string) => void }} where
 */
function explain(error, { app, request, log }) {
  const known = error instanceof Refusal;
  if (!known) log(`${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : String(error)}`);
  const status = known ? error.status : 500;
  const message = known ? error.message : 'Something went wrong on our side. Nothing was changed; try again.';
  if (isJson(request)) return json(status, { message, field: known ? error.field : undefined });
  const call = { app, request, url: new URL('/', 'http://corkboard'), params: [], input: {}, json: false, member: memberOf(app, request) };
  const content = html`<div class="page"><section class="panel empty"><h1>${message}</h1><p><a href="/">Go to the start</a></p></section></div>`;
  return page(layout(call, { name: 'Error', title: message, content }), status);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { PORT, GANGWAY_URL, GANGWAY_WRITE_KEY, DATA } = process.env;
  const options = { port: Number(PORT ?? 4600), gangway: GANGWAY_URL, writeKey: GANGWAY_WRITE_KEY };
  try {
    const board = await startBoard({ ...options, dataFolder: DATA ?? join(import.meta.dirname, '..', 'data') });
    console.log(`Corkboard is at ${board.url}`);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => board.close().then(() => process.exit(0)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
