import { type Gangway, type InitConfig, inert } from './api.ts';
import { createClient } from './client.ts';
import { instanceOf } from './instances.ts';

export type { Gangway, InitConfig } from './api.ts';

/** Starts Gangway on this page, or gives the one that runs already. Without a browser it gives an API that does nothing. */
export function init(config: InitConfig): Gangway {
  if (typeof document === 'undefined') return inert();
  const host = config.host.replace(/\/+$/, '');
  return instanceOf(config.writeKey, () => createClient({ writeKey: config.writeKey, host }));
}
