import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentEvent {
  readonly type: string;
  readonly event?: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly groupId?: string;
  readonly name?: string;
  readonly traits?: Record<string, unknown>;
  readonly properties?: Record<string, unknown>;
  readonly context?: { readonly groupId?: string };
}

/** Stands in for the SDK: takes over the waiting calls and posts them as they are, so that a test can read them. */
const loader = `{
  const post = (args) => fetch(new URL('/calls', document.currentScript?.src ?? source), { method: 'POST', body: JSON.stringify(args) });
  const source = document.currentScript.src;
  const waiting = globalThis.gangway ?? [];
  const methods = ['identify', 'group', 'page', 'track', 'reset'];
  globalThis.gangway = Object.fromEntries(methods.map((method) => [method, (...args) => post([method, ...args])]));
  for (const call of waiting) post(call);
}`;

/** A Gangway that keeps what it is sent: batches in `events`, calls of the page in `calls`. */
export async function startStubGangway() {
  const events: SentEvent[] = [];
  const keys: string[] = [];
  const calls: unknown[][] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === '/v1/batch') {
      keys.push(Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString('utf8'));
      events.push(...(JSON.parse(body) as { batch: SentEvent[] }).batch);
    }
    if (request.url === '/calls') calls.push(JSON.parse(body) as unknown[]);
    response.setHeader('content-type', request.url?.startsWith('/sdk/') ? 'text/javascript' : 'application/json');
    response.end(request.url?.startsWith('/sdk/') ? loader : '{"success":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    keys,
    calls,
    /** The tracked event of that name, once it has come. */
    tracked: (name: string) => until(() => events.find((event) => event.event === name)),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Asks again every 20 ms, for 5 s at most. */
export async function until<T>(find: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 5000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = find();
    if (found !== undefined) return found;
  }
  throw new Error('It did not come within 5 s.');
}
