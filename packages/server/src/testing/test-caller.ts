import { randomBytes } from 'node:crypto';

/** An answer, read to its end. */
export interface TestAnswer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, as the test names it (the server has checked it against its schema); null when there is none. */
  readonly body: Body;
}

/** Calls a running server over HTTP, with one cookie. */
export interface TestCaller {
  readonly cookie: string | undefined;
  get<Body = unknown>(path: string, headers?: Record<string, string>): Promise<TestAnswer<Body>>;
  post<Body = unknown>(path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer<Body>>;
  send<Body = unknown>(method: string, path: string, input?: TestInput): Promise<TestAnswer<Body>>;
}

export interface TestInput {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Objects travel as JSON; a text, bytes or a stream travel as they are. */
export function createCaller(origin: string, cookie: string | undefined): TestCaller {
  const send = async <Body>(method: string, path: string, { body, headers = {} }: TestInput = {}): Promise<TestAnswer<Body>> => {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const typed = body !== undefined && !raw ? { 'content-type': 'application/json' } : {};
    const response = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...typed, ...(cookie === undefined ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) as Body };
  };
  return {
    cookie,
    send,
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: (path, body, headers = {}) => send('POST', path, { body, headers }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** HTTP Basic with the key as user, as Segment's clients send it. */
export function basic(key: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
}

/** A message id that no other test has. */
export function newId(): string {
  return randomBytes(8).toString('hex');
}
