import type { LoaderConfig } from '@gangway/product/kernel/manifest.ts';
import { type Gangway, methods } from './api.ts';
import { Client } from './client.ts';
import { instanceOf } from './instances.ts';
import { safely } from './safely.ts';

type Waiting = readonly [method: string, ...given: unknown[]];
type Global = typeof globalThis & { __gangway_config?: LoaderConfig; gangway?: Gangway | readonly Waiting[] };

/** The entry of the loader script: the server has put the configuration before it. */
function boot(): void {
  const page = globalThis as Global;
  const config = page.__gangway_config;
  if (!config) return;
  const client = instanceOf(config.writeKey, () => safely(new Client(config, config)));
  const waiting = page.gangway;
  page.gangway = client;
  if (Array.isArray(waiting)) for (const [method, ...given] of waiting as readonly Waiting[]) replay(client, method, given);
}

/** Calls that the page made before we were here, `[method, ...arguments]`. */
function replay(client: Gangway, method: string, given: readonly unknown[]): void {
  if ((methods as readonly string[]).includes(method))
    (client[method as keyof Gangway] as (...given: readonly unknown[]) => unknown)(...given);
}

try {
  boot();
} catch (reason) {
  console.warn('Gangway could not start.', reason);
}
