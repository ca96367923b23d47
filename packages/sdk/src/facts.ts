import type { PageFact } from '@gangway/product/rules/facts.ts';

/** The path that page conditions see. With hash routing (`#/boards`) it is the path in the hash. */
export function currentPath(): string {
  return location.hash.startsWith('#/') ? location.hash.slice(1) : location.pathname;
}

/** All that the page itself knows. Of a parameter that comes twice, the first value. */
export function pageFacts(): PageFact {
  const parameters = [...new URLSearchParams(location.search)].reverse();
  return { path: currentPath(), query: Object.fromEntries(parameters), host: location.hostname };
}

/**
 * Calls back when the path has changed (`moved`), or the query alone, in the same task as the router. Uses the
 * Navigation API; where it is missing, wraps `history`.
 */
export function watchRoute(changed: (moved: boolean) => void): void {
  let [path, query] = [currentPath(), location.search];
  const check = () => {
    const moved = path !== currentPath();
    if (!moved && query === location.search) return;
    [path, query] = [currentPath(), location.search];
    changed(moved);
  };
  const modern = (globalThis as { navigation?: EventTarget }).navigation;
  if (modern) modern.addEventListener('currententrychange', check);
  else {
    wrap('pushState', check);
    wrap('replaceState', check);
    for (const event of ['popstate', 'hashchange']) window.addEventListener(event, check);
  }
}

function wrap(name: 'pushState' | 'replaceState', after: () => void): void {
  const original = history[name];
  history[name] = function (this: History, ...given) {
    original.apply(this, given);
    after();
  };
}
