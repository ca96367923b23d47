import { createHash } from 'node:crypto';
import { type Scope, scopeKey } from '@gangway/product/kernel/scope.ts';
import { defaultTheme } from '@gangway/product/kernel/theme.ts';
import { buildBundle } from '@gangway/product/pipeline/decide.ts';
import type { Registries, Registry } from '@gangway/product/pipeline/registry.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { Files } from '@gangway/product/ports/files/files.ts';
import type { Signal } from '@gangway/product/ports/signal/signal.ts';

/** What is published in an environment: the registry to decide with, and the bundle by its hash. */
export interface Published {
  readonly registry: Registry;
  /** 32 hex digits. */
  readonly hash: string;
}

/** Bundles of environments: made when something is published, kept by hash, so that a page that still names an old one gets it. */
export interface ContentStore {
  published(scope: Scope): Promise<Published>;
  /** The bundle's exact text, or undefined when no bundle ever had this hash. */
  bundle(environment: string, hash: string): Promise<string | undefined>;
}

export function createContentStore(input: { db: Db; files: Files; signal: Signal; registries: Registries }): ContentStore {
  const { db, files, signal, registries } = input;
  const current = new Map<string, Promise<Published>>();
  signal.subscribe('definitions', (scope) => {
    registries.forget(scope);
    current.delete(scopeKey(scope));
  });

  const make = async (scope: Scope): Promise<Published> => {
    const registry = await db.transaction({ as: 'request', scope }, (tx) => registries.get(tx, scope));
    const text = JSON.stringify(buildBundle(registry, scope.environment, defaultTheme));
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
    await files.put(fileName(scope.environment, hash), Buffer.from(text));
    return { registry, hash };
  };

  return {
    published(scope) {
      const known = current.get(scopeKey(scope));
      if (known) return known;
      const making = make(scope);
      current.set(scopeKey(scope), making);
      making.catch(() => current.delete(scopeKey(scope)));
      return making;
    },
    async bundle(environment, hash) {
      if (!/^[a-z0-9_-]{1,64}$/i.test(environment) || !/^[0-9a-f]{32}$/.test(hash)) return undefined;
      const bytes = await files.get(fileName(environment, hash));
      return bytes && Buffer.from(bytes).toString('utf8');
    },
  };
}

function fileName(environment: string, hash: string): string {
  return `bundles/${environment}/${hash}.json`;
}
