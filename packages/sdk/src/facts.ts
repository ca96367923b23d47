import type { Facts } from '@gangway/product/rules/facts.ts';

/** The path that page conditions see. With hash routing (`#/boards`) it is the path in the hash. */
export function currentPath(): string {
  return location.hash.startsWith('#/') ? location.hash.slice(1) : location.pathname;
}

/** All that the page itself knows. */
export function pageFacts(): Facts {
  return { page: { path: currentPath() } };
}

/**
 * Calls back when the path has changed, in the same task as the router. Uses the Navigation API; where it is
 * missing, wraps `history` and takes the wrapping off again.
 */
export function watchRoute(changed: () => void): () => void {
  let last = currentPath();
  const check = () => {
    const path = currentPath();
    if (path === last) return;
    last = path;
    changed();
  };
  const modern = (globalThis as { navigation?: EventTarget }).navigation;
  if (modern) {
    modern.addEventListener('currententrychange', check);
    return () => modern.removeEventListener('currententrychange', check);
  }
  const unwrap = (['pushState', 'replaceState'] as const).map((name) => wrap(name, check));
  const events = ['popstate', 'hashchange'] as const;
  for (const event of events) window.addEventListener(event, check);
  return () => {
    for (const undo of unwrap) undo();
    for (const event of events) window.removeEventListener(event, check);
  };
}

function wrap(name: 'pushState' | 'replaceState', after: () => void): () => void {
  const original = history[name];
  const wrapped: typeof original = function (this: History, ...given) {
    original.apply(this, given);
    after();
  };
  history[name] = wrapped;
  return () => {
    if (history[name] === wrapped) history[name] = original;
  };
}
