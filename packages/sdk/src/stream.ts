import type { SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { backoff } from './delivery.ts';
import type { Lock } from './lock.ts';
import type { Post } from './post.ts';
import type { Reach } from './reach.ts';

/** The open connection by which a changed manifest arrives at once. */
export interface Stream {
  /** Whether this tab would like to have it. It is opened when it is this tab's turn, and closed at once when not wanted. */
  want(on: boolean): void;
  /** Starts anew: the person has changed. */
  restart(): void;
}

/** The server sends an empty line every 15 s; three missed ones mean that the connection is dead. */
const silenceMs = 46_000;

interface Parts {
  readonly post: Post;
  readonly reach: Reach;
  readonly lock: Lock;
  readonly body: () => string;
  readonly arrived: (signed: SignedManifest) => void;
}

export function createStream({ post, reach, lock, body, arrived }: Parts): Stream {
  let release: (() => void) | undefined;
  let connection: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  async function connect(): Promise<void> {
    if (!reach.open) return;
    const mine = new AbortController();
    connection = mine;
    const response = await post('/v1/stream', body(), { signal: mine.signal });
    if (response?.ok && response.body) await read(response.body, mine).catch(() => {});
    const refused = response && response.status >= 400 && response.status < 500 && response.status !== 429;
    if (mine.signal.aborted && connection !== mine) return;
    mine.abort();
    if (release && !refused) timer = setTimeout(() => void connect(), 250 + backoff(attempt++, Math.random()));
  }

  async function read(from: ReadableStream<Uint8Array>, mine: AbortController): Promise<void> {
    const reader = from.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    let rest = '';
    for (;;) {
      const watchdog = setTimeout(() => mine.abort(), silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(watchdog));
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        attempt = 0;
        arrived(JSON.parse(line) as SignedManifest);
      }
    }
  }

  function close() {
    clearTimeout(timer);
    const open = connection;
    connection = undefined;
    open?.abort();
  }

  return {
    want(on) {
      if (on === (release !== undefined)) return;
      if (on) {
        attempt = 0;
        release = lock('stream', () => void connect());
      } else {
        release?.();
        release = undefined;
        close();
      }
    },
    restart() {
      if (!connection) return;
      close();
      void connect();
    },
  };
}
