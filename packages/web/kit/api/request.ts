import { ApiProblem } from './api-problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Query | undefined;
  /** Sent as JSON; a file as its bytes. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls the server on our own origin. Resolves to the parsed answer (`undefined` for 204).
 * @throws {ApiProblem} for every answer that is not 2xx, and with status 0 when there was no answer at all
 */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const answer = await reach(path, options);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

/**
 * Calls the server for a file: its bytes as they came. As a text it would lose the mark by which spreadsheets know UTF-8.
 * @throws {ApiProblem} as `request` does
 */
export async function requestFile(path: string, options: RequestOptions = {}): Promise<Blob> {
  return (await reach(path, options)).blob();
}

async function reach(path: string, options: RequestOptions): Promise<Response> {
  const answer = await send(path, options);
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function send(path: string, { method = 'GET', query, body, signal }: RequestOptions): Promise<Response> {
  const writes = method !== 'GET';
  const isFile = body instanceof Blob;
  try {
    return await fetch(path + queryText(query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(writes ? { 'content-type': isFile ? 'application/octet-stream' : 'application/json' } : {}),
      },
      body: writes ? (isFile ? body : JSON.stringify(body ?? {})) : null,
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    const kept = writes ? 'It is not known whether the change arrived; what you typed is still here.' : 'Nothing was changed.';
    throw new ApiProblem({
      code: 'unreachable',
      status: 0,
      message: `The server did not answer. ${kept} Check the connection and try again.`,
    });
  }
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  const fallback = {
    code: 'unexpected',
    status: answer.status,
    message: `The server answered ${answer.status} without saying why. Try again; if it happens again, look at the server's log.`,
  };
  try {
    const body: unknown = await answer.json();
    if (isProblemBody(body)) return new ApiProblem({ ...fallback, ...body });
  } catch {
    // Not JSON: a proxy's page, say. The fallback tells the status.
  }
  return new ApiProblem(fallback);
}

function isProblemBody(body: unknown): body is { code: string; message: string } {
  if (typeof body !== 'object' || body === null || !('message' in body) || !('code' in body)) return false;
  return typeof body.message === 'string' && typeof body.code === 'string';
}

function queryText(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).filter((pair) => pair[1] !== undefined && pair[1] !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`;
}
