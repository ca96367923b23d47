import { type Gangway, type InitConfig, inert } from './api.ts';
import { Client } from './client.ts';
import { instanceOf } from './instances.ts';
import { loadConfig } from './load-config.ts';
import { safely } from './safely.ts';

export type { Gangway, InitConfig } from './api.ts';

/** Starts Gangway on this page, or gives the one that runs already. Without a browser it gives an API that does nothing. */
export function init(config: InitConfig): Gangway {
  if (typeof document === 'undefined') return inert();
  const { writeKey } = config;
  const host = config.host.replace(/\/+$/, '');
  return instanceOf(writeKey, () => safely(new Client({ writeKey, host }, (store) => loadConfig({ writeKey, host }, store))));
}
