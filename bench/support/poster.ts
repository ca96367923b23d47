import { Agent, request } from 'node:http';

/** Sends a text to one address and resolves when the answer was read; rejects unless it says that all is well. */
export type Post = (body: string) => Promise<void>;

/**
 * Connections that stay open, and nothing else: the same bytes cost `fetch` several times the CPU, and the generator
 * shares the machine with what it measures.
 */
export function createPoster(url: URL): { post: Post; close: () => void } {
  const agent = new Agent({ keepAlive: true });
  const post = (body: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`${url.pathname} answered ${answer.statusCode}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return { post, close: () => agent.destroy() };
}
