/** Why a call did not work. `status` 0 = the server was not reached. */
export class PortalFailure extends Error {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, message: string, requestId?: string) {
    super(message);
    this.status = status;
    this.requestId = requestId;
  }
}

/** Calls the portal's interface; undefined for an empty answer. Rejects with a {@link PortalFailure}. */
export async function callPortal(
  path: string,
  request: { method: 'GET' | 'POST'; body?: unknown; signal?: AbortSignal },
): Promise<unknown> {
  const { method, body, signal } = request;
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) };
  let response: Response;
  try {
    response = await fetch(`/portal/api${path}`, { method, ...(method === 'POST' ? json : {}), ...(signal ? { signal } : {}) });
  } catch {
    throw new PortalFailure(0, 'The server cannot be reached. Nothing was changed. Check your connection and try again.');
  }
  if (response.ok) return response.status === 204 ? undefined : await response.json();
  throw await readFailure(response);
}

async function readFailure(response: Response): Promise<PortalFailure> {
  const problem: unknown = await response.json().catch(() => undefined);
  const text = (name: 'message' | 'requestId') => {
    const value = typeof problem === 'object' && problem !== null && name in problem ? Reflect.get(problem, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const message = text('message') ?? 'Something went wrong on our side. Nothing was changed. Try again in a minute.';
  return new PortalFailure(response.status, message, text('requestId'));
}
