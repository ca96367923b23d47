import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
}

/** A program that uses Corkboard over HTTP and keeps its cookie. */
export function boardClient(url: string) {
  let cookie = '';
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers: { cookie, ...init.headers } });
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, text, headers: response.headers, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  return {
    get: (path: string) => call(path, {}),
    post: (path: string, value: unknown, headers: Record<string, string> = {}) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }),
    submit: (path: string, value: Record<string, string>) => call(path, { method: 'POST', body: new URLSearchParams(value) }),
  };
}

export const ada = { name: 'Ada Lovelace', email: 'Ada@acme.example', company: 'Acme & Sons' };

/** A data folder of its own. */
export const newFolder = () => mkdtemp(join(tmpdir(), 'corkboard-'));
