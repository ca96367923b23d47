import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { Bundle, LoaderConfig, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { loadSurface } from './chunk.ts';
import { watchRoute } from './facts.ts';
import type { Identity } from './identity.ts';
import type { Lock } from './lock.ts';
import { Manifests } from './manifest.ts';
import type { Post } from './post.ts';
import type { Reach } from './reach.ts';
import type { Store } from './storage.ts';
import { Stream } from './stream.ts';
import { Surfaces } from './surfaces.ts';
import { createVerify } from './verify.ts';

export interface GuidanceParts {
  readonly config: LoaderConfig;
  readonly store: Store;
  readonly tabStore: Store;
  readonly post: Post;
  readonly reach: Reach;
  readonly lock: Lock;
  readonly identity: () => Identity;
  /** Queues an event and sends it at once. */
  readonly track: (name: string, properties: JsonObject) => void;
  /** Gives a manifest to the other tabs. */
  readonly spread: (signed: SignedManifest, who: Identity) => void;
}

/** How long a change that the person has just caused is listened for. */
const listenMs = 10_000;
/** Route changes ask the server at most this often. */
const routeRefreshMs = 30_000;

/** The half of the shell that shows things: documents, surfaces, the stream. */
export class Guidance {
  readonly #manifests: Manifests;
  readonly #surfaces: Surfaces;
  readonly #stream: Stream;
  #awake = true;
  #listening: ReturnType<typeof setTimeout> | undefined;
  #wished: string | undefined;
  #refreshedAt = 0;
  #complained = false;

  constructor(parts: GuidanceParts) {
    this.#manifests = new Manifests({
      ...parts,
      verify: createVerify(parts.config.publicKey),
      changed: () => this.#changed(),
      refused: (reason) => {
        if (!this.#complained) parts.track('SDK Manifest Refused', { reason });
        this.#complained = true;
      },
      foreseen: (bundle) => preload(bundle, parts.config),
    });
    this.#surfaces = new Surfaces({ ...parts, current: () => this.#manifests.current, changed: () => this.#listen() });
    this.#stream = new Stream({
      ...parts,
      body: () => this.#manifests.requestBody(),
      arrived: (signed, who) => void this.#manifests.take(signed, who).then((news) => news && parts.spread(signed, who)),
    });
    watchRoute(() => {
      this.#surfaces.routed();
      if (Date.now() - this.#refreshedAt > routeRefreshMs) this.refresh();
    });
    void this.#begin();
  }

  /** Starts a guide, as soon as its content is here. */
  start(id: string): void {
    if (!this.#manifests.current) this.#wished = id;
    else if (!this.#surfaces.start(id)) console.info(`Gangway: there is no guide “${id}” for this person now.`);
  }

  /** Whether some definition waits for this event. */
  waitsFor(name: string): boolean {
    return this.#manifests.current?.manifest.liveEvents.includes(name) ?? false;
  }

  /** The person did something that may change what they see: listens for it. */
  expect(): void {
    clearTimeout(this.#listening);
    this.#listening = setTimeout(() => {
      this.#listening = undefined;
      this.#listen();
    }, listenMs);
    this.#listen();
  }

  /** A manifest that another tab has got. */
  take(signed: SignedManifest, who: Identity): void {
    void this.#manifests.take(signed, who);
  }

  /**
   * The person goes: everything of theirs goes with them, now.
   *
   * @param shared also from the storage that tabs share
   */
  forget(shared: boolean): void {
    this.#surfaces.clear(shared);
    this.#manifests.forget(shared);
  }

  /** Somebody else is here: asks for theirs. */
  restart(): void {
    this.#stream.restart();
    this.refresh();
  }

  refresh(): void {
    this.#refreshedAt = Date.now();
    void this.#manifests.refresh();
  }

  /** The page is shown again, or hidden. */
  seen(visible: boolean): void {
    this.#surfaces.review();
    this.#listen();
    if (visible) this.refresh();
  }

  /** The page may be frozen or gone in a moment. */
  sleep(): void {
    this.#awake = false;
    this.#surfaces.sleep();
    this.#listen();
  }

  wake(): void {
    this.#awake = true;
    this.#surfaces.review();
    this.#listen();
    this.refresh();
  }

  /** Frees the storage that can be fetched again. */
  evict(): void {
    this.#manifests.evict();
  }

  /** A warm start shows what storage has before it asks the server anything. */
  async #begin(): Promise<void> {
    this.#surfaces.review();
    await this.#surfaces.settled();
    setTimeout(() => this.refresh());
  }

  #changed(): void {
    this.#surfaces.review();
    const id = this.#wished;
    this.#wished = undefined;
    if (id !== undefined) this.start(id);
  }

  #listen(): void {
    this.#stream.want(this.#awake && !document.hidden && (this.#surfaces.live || this.#listening !== undefined));
  }
}

/** Starts to load the code of what is published, while the manifest is still on its way. */
function preload({ contents }: Bundle, { surfaces }: LoaderConfig): void {
  for (const kind of new Set(contents.map((content) => content.kind))) {
    const url = surfaces[kind];
    if (url) loadSurface(url).catch(() => {});
  }
}
