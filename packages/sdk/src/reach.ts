import { unreachableLimit } from './delivery.ts';

/** A page that stays open all day tries again this long after its last failure, when it has something to say. */
const restMs = 300_000;

/**
 * Whether it is any use to call the server from this page. Shared by all that call it, so that a blocked host costs
 * three failed requests, not three each.
 */
export interface Reach {
  readonly open: boolean;
  /** An answer came, or the network or the page has come back. */
  answered(): void;
  failed(): void;
}

export function createReach(): Reach {
  let failures = 0;
  let lastFailure = 0;
  return {
    get open() {
      return failures < unreachableLimit || Date.now() - lastFailure > restMs;
    },
    answered() {
      failures = 0;
    },
    failed() {
      failures++;
      lastFailure = Date.now();
    },
  };
}
