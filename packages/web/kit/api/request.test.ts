import { afterEach, expect, test, vi } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { requestFile } from './request.ts';

const answers = (answer: Response) => vi.stubGlobal('fetch', () => Promise.resolve(answer));
afterEach(() => vi.unstubAllGlobals());

test('a file comes with every byte, the mark of its encoding too', async () => {
  answers(new Response('\ufeffid,name\r\n'));
  const bytes = new Uint8Array(await (await requestFile('/people')).arrayBuffer());
  expect([...bytes.slice(0, 5)]).toEqual([0xef, 0xbb, 0xbf, 0x69, 0x64]);
});

test('a file that is refused says why, with the id of the request', async () => {
  answers(new Response(JSON.stringify({ code: 'queries_busy', message: 'Too many wait.', requestId: 'r1' }), { status: 503 }));
  const refused = await requestFile('/people', { method: 'POST' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ code: 'queries_busy', status: 503, message: 'Too many wait.', requestId: 'r1' });
});
