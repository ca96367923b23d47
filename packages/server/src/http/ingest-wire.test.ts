import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Writes raw bytes and reads until the server closes, or three seconds. */
function speak(bytes: string): Promise<{ text: string; closed: boolean }> {
  const { hostname, port } = new URL(server.origin);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const timer = setTimeout(() => {
      resolve({ text, closed: false });
      socket.destroy();
    }, 3_000);
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ text, closed: true });
    });
    socket.write(bytes);
  });
}

const head = 'POST /v1/track HTTP/1.1\r\nHost: gangway\r\nContent-Type: application/json\r\n';

describe('55: requests that two servers could read in two ways', () => {
  it.each([
    [
      'a length and chunks',
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 7\r\n\r\n{}GET / `],
    ['a folded header', `${head}X-Long: a\r\n b\r\nContent-Length: 2\r\n\r\n{}`],
    ['a bare line feed', 'POST /v1/track HTTP/1.1\nHost: gangway\nContent-Length: 2\n\n{}'],
    ['a space before the colon', `${head}Content-Length : 2\r\n\r\n{}`],
  ])('with %s are answered 400 once, and the line is closed', async (_name, bytes) => {
    const { text, closed } = await speak(bytes);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(closed).toBe(true);
  });
});

it('53: lines that only begin to speak do not hold up a healthy sender', async () => {
  const lines = await Promise.all(Array.from({ length: 300 }, beginToSpeak));
  const heard = () => lines.filter(({ over }) => over()).length;
  try {
    // Who is served behind the lines is served when they have ended, and none has, however slow the machine.
    expect([await acknowledged(), heard()]).toEqual([200, 0]);
    for (let count = 0; count < 49; count++) expect(await acknowledged()).toBe(200);
  } finally {
    for (const { socket } of lines) socket.destroy();
  }
});

/** A line with the beginning of a request on it; `over` once the server has said anything or hung up. */
async function beginToSpeak() {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  let over = false;
  for (const sign of ['data', 'end', 'close', 'error'] as const)
    socket.on(sign, () => {
      over = true;
    });
  await once(socket, 'connect');
  socket.write('POST /v1/track HTTP/1.1\r\nHost: gangway\r\nX-Slow: ');
  return { socket, over: () => over };
}

async function acknowledged(): Promise<number> {
  const event = { event: 'Healthy', userId: 'ada', messageId: newId() };
  return (await server.as(undefined).post('/v1/track', event, basic(server.environment.writeKey))).status;
}

it('51: an event is measured in bytes, not in letters', async () => {
  const send = (text: string) =>
    server
      .as(undefined)
      .post<{ verdicts: { verdict: string; reason?: string }[] }>(
        '/v1/batch',
        { batch: [{ type: 'track', event: 'Sized', userId: 'ada', properties: { text } }] },
        basic(server.environment.writeKey),
      );
  expect((await send('é'.repeat(16_000))).body.verdicts[0]?.verdict).toBe('accepted');
  expect((await send('é'.repeat(16_400))).body.verdicts[0]?.reason).toBe('event_too_large');
  expect((await send('😀'.repeat(8_200))).body.verdicts[0]?.reason).toBe('event_too_large');
});
