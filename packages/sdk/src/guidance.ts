import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { LoaderConfig, SignedManifest } from '@gangway/product/kernel/manifest.ts';
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

/** A warm start has this long to paint, undisturbed by requests. */
const paintMs = 300;
/** How long a change that the person has just caused is listened for. */
const listenMs = 10_000;
/** Route changes ask the server at most this often. */
const routeRefreshMs = 30_000;

/** The half of the shell that shows things: documents, surfaces, the stream. */
export class Guidance {
  readonly #manifests: Manifests;
  readonly #surfaces: Surfaces;
  readonly #stream: Stream;
  #begun = false;
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
    });
    this.#surfaces = new Surfaces({ ...parts, current: () => this.#manifests.current, changed: () => this.#listen() });
    this.#stream = new Stream({
      ...parts,
      body: () => this.#manifests.requestBody(),
      arrived: (signed, who) => void this.#manifests.take(signed, who).then((news) => news && parts.spread(signed, who)),
    });
    watchRoute((moved) => {
      // Another query is the same page: it may meet a condition, but it is no occasion for another guide.
      if (!moved) return this.#surfaces.review();
      this.#surfaces.routed();
      if (Date.now() - this.#refreshedAt > routeRefreshMs) this.refresh();
    });
    void this.#begin(parts.config);
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

  /**
   * A warm start shows what storage has, and lets it be painted, before it asks the server anything. A cold one loads
   * the surfaces beside the documents: one hop less until the first step.
   */
  async #begin({ surfaces }: LoaderConfig): Promise<void> {
    const cold = !this.#manifests.current;
    if (cold) for (const url of Object.values(surfaces)) loadSurface(url).catch(() => {});
    this.#surfaces.review();
    await this.#surfaces.settled();
    setTimeout(
      () => {
        this.#begun = true;
        this.#listen();
        this.refresh();
      },
      cold ? 0 : paintMs,
    );
  }

  #changed(): void {
    this.#surfaces.review();
    const id = this.#wished;
    this.#wished = undefined;
    if (id !== undefined) this.start(id);
  }

  #listen(): void {
    this.#stream.want(this.#begun && this.#awake && !document.hidden && (this.#surfaces.live || this.#listening !== undefined));
  }
}
