import { unreachableLimit } from './delivery.ts';

/**
 * Whether it is any use to call the server from this page. Shared by all that call it, so that a blocked host costs
 * three failed requests, not three each.
 */
export interface Reach {
  readonly open: boolean;
  answered(): void;
  failed(): void;
  /** The network is back, or the page is. */
  restart(): void;
}

export function createReach(): Reach {
  let failures = 0;
  return {
    get open() {
      return failures < unreachableLimit;
    },
    answered() {
      failures = 0;
    },
    failed() {
      failures++;
    },
    restart() {
      failures = 0;
    },
  };
}
