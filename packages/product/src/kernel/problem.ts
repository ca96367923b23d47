/**
 * An error that a caller may see: a stable code, a sentence that says what happened, what was kept and what to
 * do. Everything else that is thrown is a bug and is answered as `internal`.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** True for a {@link Problem}, also one that crossed a bundle boundary. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === 'Problem' && 'code' in error && 'status' in error;
}
