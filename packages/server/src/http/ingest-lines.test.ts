import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { limits } from '@gangway/product/pipeline/accept.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';

/** `GANGWAY_FULL_SIZE=1` opens as many lines as the list asks for, and waits until the server has closed them. */
const full = process.env.GANGWAY_FULL_SIZE === '1';
const lines = full ? { idle: 5_000, begun: 1_000 } : { idle: 500, begun: 100 };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('51: a body of', () => {
  const sizes = [1, 1_000, limits.batchBytes, limits.batchBytes + 1, 10 * limits.batchBytes];
  const ways = ['with its length', 'in chunks'] as const;
  it.each(sizes.flatMap((size) => ways.map((way) => [size, way] as const)))(
    '%d bytes %s is taken or refused, and answered',
    async (size, way) => {
      const answer = await send(size, way === 'with its length');
      // One byte is no JSON; what fits is a batch without events, padded with spaces.
      const expected = size === 1 ? [400, 'invalid_json'] : size > limits.batchBytes ? [400, 'too_large'] : [200, undefined];
      expect([answer.status, answer.code]).toEqual(expected);
    },
  );

  it('ten times the bound leaves nothing of itself in memory', async () => {
    const refuse = async () => expect((await send(10 * limits.batchBytes, false)).code).toBe('too_large');
    // What a connection, a pool or a parser keeps for good is there after the first.
    await refuse();
    const before = heldBytes();
    for (let count = 0; count < 5; count++) await refuse();
    // The client lives in this process too: what it had not sent goes when its line is closed.
    await expect.poll(() => heldBytes() - before, { timeout: 10_000 }).toBeLessThan(2 * limits.batchBytes);
  });
});

it('53: idle lines and lines that only begin to speak do not keep anybody out', async () => {
  const { hostname, port } = new URL(server.origin);
  const open = (count: number, words: string) => Array.from({ length: count }, () => speak(connect(Number(port), hostname), words));
  const held = [...open(lines.idle, ''), ...open(lines.begun, 'POST /v1/track HTTP/1.1\r\nHost: gangway\r\nContent-Length: 400\r\n\r\n{')];
  let closed = 0;
  for (const socket of held) socket.on('close', () => closed++);
  try {
    await Promise.all(held.map((socket) => new Promise((done) => socket.once('connect', done))));
    for (let count = 0; count < 30; count++) {
      const event = { event: 'Healthy', userId: 'ada', messageId: newId() };
      expect((await server.as(undefined).post('/v1/track', event, basic(server.environment.writeKey))).status).toBe(200);
    }
    if (full) await expect.poll(() => closed, { timeout: 120_000, interval: 1_000 }).toBe(held.length);
  } finally {
    for (const socket of held) socket.destroy();
  }
}, 180_000);

/** Bytes in buffers that somebody still holds: what merely waits for the collector is collected first. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

function speak(socket: Socket, words: string): Socket {
  socket.on('error', () => undefined);
  // Read, so that the end is noticed.
  socket.resume();
  if (words !== '') socket.write(words);
  return socket;
}

/** A batch without events, padded to this size. */
function send(size: number, withLength: boolean): Promise<{ status: number; code: string | undefined }> {
  const body = size === 1 ? '{' : `{"batch":[]${' '.repeat(size - 12)}}`;
  return new Promise((resolve, reject) => {
    const headers = { ...basic(server.environment.writeKey), 'content-type': 'application/json' };
    const request = httpRequest(`${server.origin}/v1/batch`, {
      method: 'POST',
      headers: withLength ? { ...headers, 'content-length': String(size) } : headers,
    });
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, code: (JSON.parse(text) as { code?: string }).code }));
    });
    request.on('error', reject);
    for (let at = 0; at < body.length; at += 65_536) request.write(body.slice(at, at + 65_536));
    request.end();
  });
}
