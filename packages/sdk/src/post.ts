import type { Reach } from './reach.ts';

/** Sends a text without a preflight. Undefined = no answer. Never rejects. */
export type Post = (
  path: string,
  body: string,
  options?: { readonly keepalive?: boolean; readonly signal?: AbortSignal },
) => Promise<Response | undefined>;

export function createPost(host: string, reach: Reach): Post {
  return async (path, body, { keepalive = false, signal } = {}) => {
    try {
      const response = await fetch(host + path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/plain' },
        credentials: 'omit',
        cache: 'no-store',
        keepalive,
        ...(signal ? { signal } : {}),
      });
      reach.answered();
      return response;
    } catch {
      if (!signal?.aborted) reach.failed();
      return undefined;
    }
  };
}
