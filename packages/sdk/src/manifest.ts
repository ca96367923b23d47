import type { Bundle, LoaderConfig, Manifest, ManifestRequest, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { type Identity, samePerson } from './identity.ts';
import type { Post } from './post.ts';
import type { Reach } from './reach.ts';
import { parseJson, readJson, type Store } from './storage.ts';
import { isNamed, type Verify } from './verify.ts';

/** The two documents, belonging together. */
export interface Current {
  readonly manifest: Manifest;
  readonly bundle: Bundle;
  /** Server clock minus this clock, milliseconds, as of when the manifest came. */
  readonly skew: number;
}

/** As JSON writes it: what is undefined is absent. */
type Optional<T> = { readonly [Key in keyof T]: T[Key] | undefined };

interface Parts {
  readonly config: LoaderConfig;
  readonly store: Store;
  readonly post: Post;
  readonly reach: Reach;
  readonly verify: Verify;
  readonly identity: () => Identity;
  readonly changed: () => void;
  /** A manifest came that must not be used. */
  readonly refused: (reason: string) => void;
}

/** As it lies in storage. It was verified before it was put there. */
interface StoredManifest {
  readonly who: Identity;
  readonly at: number;
  readonly signed: SignedManifest;
}

const manifestKey = 'manifest';
const bundleKey = 'bundle';
/** An older copy is not shown before the server has been asked. */
const stalestMs = 24 * 3_600_000;

/** The person's manifest and the bundle it speaks of: from storage at once, then fresher ones. */
export class Manifests {
  current: Current | undefined;
  readonly #parts: Parts;
  #bundle: { readonly hash: string; readonly bundle: Bundle } | undefined;
  #fetching: { readonly hash: string; readonly bundle: Promise<Bundle | undefined> } | undefined;
  #loading: { readonly who: Identity; readonly done: Promise<void> } | undefined;
  /** The server does not want what this one says: another identity, or the same with a new token, may ask again. */
  #refused: Identity | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#bundle = readJson(parts.store, bundleKey);
    this.current = this.#fromStorage();
  }

  /** Asks the server. Failures change nothing. */
  refresh(): Promise<void> {
    const who = this.#parts.identity();
    // A request that is under way for somebody else, or with a token that was refused, will bring nothing for this person.
    if (this.#loading?.who === who) return this.#loading.done;
    const loading = { who, done: this.#load(who) };
    this.#loading = loading;
    return loading.done.finally(() => {
      if (this.#loading === loading) this.#loading = undefined;
    });
  }

  /** Takes a manifest that was made for `who`. True when it is valid, ours and newer than what we had. */
  async take(signed: SignedManifest, who: Identity): Promise<boolean> {
    const { config, store, verify, refused } = this.#parts;
    const manifest = (await verify(signed.manifest, signed.signature)) ? parse(signed.manifest) : undefined;
    if (manifest?.environment !== config.environment) {
      refused(manifest ? 'environment' : 'signature');
      return false;
    }
    if (!this.#isNews(manifest, who)) return false;
    const bundle = await this.#bundleOf(manifest.bundle);
    if (!bundle || !this.#isNews(manifest, who)) return false;
    const at = Date.now();
    const stored: StoredManifest = { who, at, signed };
    store.set(manifestKey, JSON.stringify(stored));
    this.current = { manifest, bundle, skew: manifest.serverTime - at };
    this.#parts.changed();
    return true;
  }

  /** Another person is here: the old one's documents go, with `shared` from storage too. */
  forget(shared: boolean): void {
    this.current = undefined;
    if (shared) this.#parts.store.remove(manifestKey);
  }

  /** Gives up the copies in storage, not those in use. */
  evict(): void {
    this.#parts.store.remove(manifestKey);
    this.#parts.store.remove(bundleKey);
  }

  requestBody(): string {
    const { anonymousId, userId, token } = this.#parts.identity();
    const { writeKey } = this.#parts.config;
    return JSON.stringify({ writeKey, anonymousId, userId, token } satisfies Optional<ManifestRequest>);
  }

  #fromStorage(): Current | undefined {
    const stored = readJson<StoredManifest>(this.#parts.store, manifestKey);
    if (!stored || !samePerson(stored.who, this.#parts.identity()) || Date.now() - stored.at > stalestMs) return undefined;
    const manifest = parse(stored.signed.manifest);
    if (!manifest || this.#bundle?.hash !== manifest.bundle) return undefined;
    return { manifest, bundle: this.#bundle.bundle, skew: manifest.serverTime - stored.at };
  }

  async #load(who: Identity): Promise<void> {
    const { config, post, reach } = this.#parts;
    if (this.#refused === who || !reach.open) return;
    // Two documents at once: the manifest will most likely name the bundle that the loader has named.
    if (!this.current) void this.#bundleOf(config.bundle);
    const response = await post('/v1/manifest', this.requestBody());
    // An answer such as "this key is not known" will be the same on every route of this page.
    if (response && response.status >= 400 && response.status < 429) this.#refused = who;
    const signed = response?.ok ? ((await response.json().catch(() => undefined)) as SignedManifest | undefined) : undefined;
    if (signed) await this.take(signed, who);
  }

  /** Manifests come by several ways; an older one, or another person's, changes nothing. */
  #isNews(manifest: Manifest, who: Identity): boolean {
    if (!samePerson(who, this.#parts.identity())) return false;
    const known = this.current?.manifest;
    return known === undefined || known.person !== manifest.person || manifest.serverTime > known.serverTime;
  }

  /** The bundle of a hash: the one at hand, else fetched, once for all who ask meanwhile. */
  #bundleOf(hash: string): Promise<Bundle | undefined> {
    if (this.#fetching?.hash !== hash) {
      const bundle = this.#bundle?.hash === hash ? Promise.resolve(this.#bundle.bundle) : this.#fetchBundle(hash);
      const fetching = { hash, bundle };
      this.#fetching = fetching;
      void bundle.then((came) => {
        if (!came && this.#fetching === fetching) this.#fetching = undefined;
      });
    }
    return this.#fetching.bundle;
  }

  async #fetchBundle(hash: string): Promise<Bundle | undefined> {
    const { config, store, reach } = this.#parts;
    try {
      const response = await fetch(`${config.host}/v1/bundle/${config.environment}/${hash}.json`, { credentials: 'omit' });
      const text = response.ok ? await response.text() : '';
      if (!text || !(await isNamed(text, hash))) return undefined;
      const bundle = JSON.parse(text) as Bundle;
      this.#bundle = { hash, bundle };
      store.set(bundleKey, JSON.stringify(this.#bundle));
      return bundle;
    } catch {
      reach.failed();
      return undefined;
    }
  }
}

function parse(text: string): Manifest | undefined {
  const manifest = parseJson<Manifest>(text);
  return manifest?.format === 1 && Array.isArray(manifest.entries) ? manifest : undefined;
}
