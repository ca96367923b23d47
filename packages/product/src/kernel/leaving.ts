/** Tells when somebody who waits for an answer has gone. An `AbortSignal` is one; the pure part knows no such type. */
export interface Leaving {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
