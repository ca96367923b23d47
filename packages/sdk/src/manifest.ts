import type { Bundle, LoaderConfig, Manifest, ManifestRequest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { type Identity, samePerson } from './identity.ts';
import type { Post } from './post.ts';
import type { Reach } from './reach.ts';
import { readJson, type Store } from './storage.ts';
import type { Verify } from './verify.ts';

/** The two documents, belonging together. */
export interface Current {
  readonly manifest: Manifest;
  readonly bundle: Bundle;
  /** Server clock minus this clock, milliseconds, as of when the manifest came. */
  readonly skew: number;
}

/** The person's manifest and the bundle it speaks of: from storage at once, then fresher ones. */
export interface Manifests {
  readonly current: Current | undefined;
  /** Asks the server. Failures change nothing. */
  refresh(): Promise<void>;
  /** Takes a manifest that came by another way. True when it is valid and newer than what we had. */
  take(signed: SignedManifest): Promise<boolean>;
  /** Another person is here: the old one's documents go, from storage too. */
  forget(): void;
  /** Gives up the copy in storage, not the one in use. */
  evict(): void;
  requestBody(): string;
}

interface Parts {
  readonly config: LoaderConfig;
  readonly store: Store;
  readonly post: Post;
  readonly reach: Reach;
  readonly verify: Verify;
  readonly identity: () => Identity;
  readonly changed: () => void;
  /** A manifest or a bundle that must not be used. */
  readonly refused: (reason: string) => void;
  /** The bundle is here before the manifest: a good moment to load what will be needed. */
  readonly foreseen: (bundle: Bundle) => void;
}

interface StoredManifest {
  readonly who: Identity;
  readonly at: number;
  readonly signed: SignedManifest;
}

const manifestKey = 'manifest';
const bundleKey = 'bundle';
/** An older copy is not shown before the server has been asked. */
const stalestMs = 24 * 3_600_000;

export function createManifests(parts: Parts): Manifests {
  const { config, store } = parts;
  let bundle = readJson<{ hash: string; bundle: Bundle }>(store, bundleKey);
  let current = fromStorage();
  let loading: Promise<void> | undefined;

  function fromStorage(): Current | undefined {
    const stored = readJson<StoredManifest>(store, manifestKey);
    if (!stored || !samePerson(stored.who, parts.identity()) || Date.now() - stored.at > stalestMs) return undefined;
    const manifest = parse(stored.signed.manifest);
    if (!manifest || bundle?.hash !== manifest.bundle) return undefined;
    return { manifest, bundle: bundle.bundle, skew: manifest.serverTime - stored.at };
  }

  function requestBody(): string {
    const { anonymousId, userId } = parts.identity();
    const request: ManifestRequest = { writeKey: config.writeKey, anonymousId, ...(userId === undefined ? {} : { userId }) };
    return JSON.stringify(request);
  }

  async function bundleOf(hash: string): Promise<Bundle | undefined> {
    if (bundle?.hash === hash) return bundle.bundle;
    try {
      const response = await fetch(`${config.host}/v1/bundle/${config.environment}/${hash}.json`, { credentials: 'omit' });
      if (!response.ok) return undefined;
      const fetched = (await response.json()) as Bundle;
      if (fetched.format !== 1 || fetched.environment !== config.environment) return undefined;
      bundle = { hash, bundle: fetched };
      store.set(bundleKey, JSON.stringify(bundle));
      return fetched;
    } catch {
      parts.reach.failed();
      return undefined;
    }
  }

  async function take(signed: SignedManifest): Promise<boolean> {
    const who = parts.identity();
    const manifest = (await parts.verify(signed.manifest, signed.signature)) ? parse(signed.manifest) : undefined;
    if (!manifest || manifest.environment !== config.environment) {
      parts.refused(manifest ? 'environment' : 'signature');
      return false;
    }
    if (current && current.manifest.person === manifest.person && manifest.serverTime < current.manifest.serverTime) return false;
    const its = await bundleOf(manifest.bundle);
    if (!its || !samePerson(who, parts.identity())) return false;
    const at = Date.now();
    const stored: StoredManifest = { who, at, signed };
    store.set(manifestKey, JSON.stringify(stored));
    current = { manifest, bundle: its, skew: manifest.serverTime - at };
    parts.changed();
    return true;
  }

  async function load(): Promise<void> {
    if (!parts.reach.open) return;
    const who = parts.identity();
    // Two documents at once: the manifest will most likely name the bundle that the loader has named.
    if (!current) void bundleOf(config.bundle).then((early) => early && !current && parts.foreseen(early));
    const response = await parts.post('/v1/manifest', requestBody());
    if (!response?.ok || !samePerson(who, parts.identity())) return;
    const signed = (await response.json().catch(() => undefined)) as SignedManifest | undefined;
    if (signed && samePerson(who, parts.identity())) await take(signed);
  }

  return {
    get current() {
      return current;
    },
    refresh() {
      loading ??= load().finally(() => {
        loading = undefined;
      });
      return loading;
    },
    take,
    forget() {
      current = undefined;
      loading = undefined;
      store.remove(manifestKey);
    },
    evict() {
      store.remove(manifestKey);
      store.remove(bundleKey);
    },
    requestBody,
  };
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.format === 1 && Array.isArray(manifest.entries) ? manifest : undefined;
  } catch {
    return undefined;
  }
}
