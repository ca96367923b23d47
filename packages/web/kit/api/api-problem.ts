/** What the server said was wrong (`application/problem+json`), or that it could not be reached (`status` 0). */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(problem: {
    code: string;
    status: number;
    message: string;
    requestId?: string | undefined;
    detail?: Readonly<Record<string, unknown>> | undefined;
  }) {
    super(problem.message);
    this.name = 'ApiProblem';
    this.code = problem.code;
    this.status = problem.status;
    this.requestId = problem.requestId;
    this.detail = problem.detail ?? {};
  }

  /** What did not pass, by path, for a 400 `invalid_body`; empty for anything else. */
  get issues(): readonly { path: readonly (string | number)[]; message: string }[] {
    return Array.isArray(this.detail.issues) ? this.detail.issues : [];
  }
}

/** Any thrown value as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({
    code: 'screen',
    status: 0,
    message: 'This part of the screen could not be drawn. Nothing was changed. Reload the page; if it happens again, report it.',
  });
}
