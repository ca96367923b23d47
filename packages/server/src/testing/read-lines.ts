/** A response that stays open, read line by line. */
export interface OpenLines {
  readonly status: number;
  /** The next line that is not empty; rejects when none comes within so many milliseconds. */
  next(within?: number): Promise<string>;
  close(): Promise<void>;
}

/** Opens a stream: NDJSON or server-sent events. */
export async function readLines(url: string, init: RequestInit): Promise<OpenLines> {
  const cut = new AbortController();
  const response = await fetch(url, { ...init, signal: cut.signal });
  const lines = linesOf(response);
  return {
    status: response.status,
    async next(within = 2_000) {
      for (;;) {
        const { value, done } = await inTime(lines.next(), within);
        if (done) throw new Error('the stream has ended');
        if (value !== '') return value;
      }
    },
    close: async () => cut.abort(),
  };
}

async function* linesOf(response: Response): AsyncGenerator<string, void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function inTime<T>(promise: Promise<T>, within: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing came within ${within} ms`)), within);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
