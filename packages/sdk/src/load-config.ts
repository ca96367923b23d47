import type { LoaderConfig } from '@gangway/product/kernel/manifest.ts';
import type { InitConfig } from './api.ts';
import { readJson, type Store } from './storage.ts';

const key = 'config';

/**
 * The environment's loader configuration: the stored one at once when there is one (the new one is for the next
 * page then), else from the server. Undefined when the server cannot be reached.
 */
export async function loadConfig({ writeKey, host }: InitConfig, store: Store): Promise<LoaderConfig | undefined> {
  const stored = readJson<LoaderConfig>(store, key);
  const fresh = fetchConfig(`${host}/sdk/${writeKey}.json`).then((config) => {
    if (config) store.set(key, JSON.stringify(config));
    return config;
  });
  return stored ?? fresh;
}

async function fetchConfig(url: string): Promise<LoaderConfig | undefined> {
  try {
    const response = await fetch(url, { credentials: 'omit' });
    return response.ok ? ((await response.json()) as LoaderConfig) : undefined;
  } catch {
    return undefined;
  }
}
