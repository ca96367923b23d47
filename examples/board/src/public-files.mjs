import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Refusal } from './reply.mjs';

const folder = join(import.meta.dirname, '..', 'public');
/** @type {Record<string, string>} */
const types = { '.css': 'text/css; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' };

/** The files of the browser side. The pattern lets no path out of the folder. @type {import('./router.mjs').Route} */
export const publicFiles = {
  method: 'GET',
  path: /^\/assets\/([a-z-]+\.(?:css|mjs|svg))$/,
  answer: async (call) => {
    const name = call.params[0] ?? '';
    const body = await readFile(join(folder, name)).catch(() => {
      throw new Refusal(404, 'There is no such file.');
    });
    return {
      status: 200,
      headers: { 'content-type': types[extname(name)] ?? 'application/octet-stream', 'cache-control': 'no-cache' },
      body,
    };
  },
};
