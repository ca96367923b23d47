import type { SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { backoff } from './delivery.ts';
import type { Identity } from './identity.ts';
import type { Lock } from './lock.ts';
import type { Post } from './post.ts';
import type { Reach } from './reach.ts';

/** The server sends an empty line every 15 s; three missed ones mean that the connection is dead. */
const silenceMs = 46_000;
/** A connection that lived this long was a good one: the next attempt need not wait. */
const steadyMs = 10_000;

interface Parts {
  readonly post: Post;
  readonly reach: Reach;
  readonly lock: Lock;
  readonly body: () => string;
  readonly identity: () => Identity;
  readonly arrived: (signed: SignedManifest, who: Identity) => void;
}

/** The open connection by which a changed manifest arrives at once. One tab has it. */
export class Stream {
  readonly #parts: Parts;
  #release: (() => void) | undefined;
  #connection: AbortController | undefined;
  #who: Identity | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether this tab would like to have it. It is opened when it is this tab's turn, and closed at once when not wanted. */
  want(on: boolean): void {
    if (on === (this.#release !== undefined)) return;
    this.#attempt = 0;
    if (on) this.#release = this.#parts.lock('stream', () => void this.#connect());
    else {
      this.#release?.();
      this.#release = undefined;
      this.#close();
    }
  }

  /** Starts anew when it is open for somebody else, or with another token. */
  restart(): void {
    if (!this.#connection || this.#who === this.#parts.identity()) return;
    this.#close();
    void this.#connect();
  }

  async #connect(): Promise<void> {
    const { post, reach, body, identity } = this.#parts;
    if (!reach.open) return;
    const mine = new AbortController();
    this.#connection = mine;
    const who = identity();
    this.#who = who;
    const opened = Date.now();
    const response = await post('/v1/stream', body(), { signal: mine.signal });
    if (response?.ok && response.body) await this.#read(response.body, mine, who).catch(() => {});
    if (this.#connection !== mine) return;
    mine.abort();
    if (Date.now() - opened > steadyMs) this.#attempt = 0;
    const refused = response && response.status >= 400 && response.status < 429;
    if (!refused) this.#timer = setTimeout(() => void this.#connect(), 250 + backoff(this.#attempt++, Math.random()));
  }

  async #read(from: ReadableStream<Uint8Array>, mine: AbortController, who: Identity): Promise<void> {
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
        this.#parts.arrived(JSON.parse(line) as SignedManifest, who);
      }
    }
  }

  #close(): void {
    clearTimeout(this.#timer);
    const open = this.#connection;
    this.#connection = undefined;
    open?.abort();
  }
}
