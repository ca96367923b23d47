// Everything the browser side of Corkboard has to do with Gangway. The loader script is in the page's head and comes
// when it comes; until then this array keeps the calls, and the SDK takes them over. If it never comes, nothing else
// of Corkboard notices.
import { readData } from './page-data.mjs';

/** @returns {Record<string, (...args: unknown[]) => void>} */
function waitingQueue() {
  /** @type {unknown[][]} */
  const calls = [];
  const later = ['identify', 'group', 'page', 'track', 'reset'].map((method) => [
    method,
    (/** @type {unknown[]} */ ...args) => void calls.push([method, ...args]),
  ]);
  return Object.assign(calls, Object.fromEntries(later));
}

/** The SDK, or the queue in its place: ask for it at each call, because one replaces the other. */
export const gangway = () => {
  const page = /** @type {{ gangway?: ReturnType<typeof waitingQueue> }} */ (globalThis);
  page.gangway ??= waitingQueue();
  return page.gangway;
};

const { name, user } = readData('page-facts');
if (user) {
  gangway().identify?.(user.id, user.traits);
  gangway().group?.(user.company.id, user.company.traits);
}
gangway().page?.(name);
