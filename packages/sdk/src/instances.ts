import type { Gangway } from './api.ts';

const key = Symbol.for('gangway.instances');

/**
 * The one client of a write key on this page, however often the code was loaded or `init` was called. It hangs on
 * `globalThis`, because two copies of this package must find each other.
 */
export function instanceOf(writeKey: string, create: () => Gangway): Gangway {
  const home = globalThis as { [key]?: Map<string, Gangway> };
  home[key] ??= new Map();
  const known = home[key].get(writeKey);
  if (known) return known;
  const made = create();
  home[key].set(writeKey, made);
  return made;
}
