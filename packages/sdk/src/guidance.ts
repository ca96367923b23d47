import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { Bundle, LoaderConfig, SignedManifest } from '@gangway/product/kernel/manifest.ts';
import { loadSurface } from './chunk.ts';
import { watchRoute } from './facts.ts';
import type { Identity } from './identity.ts';
import type { Lock } from './lock.ts';
import { createManifests } from './manifest.ts';
import type { Post } from './post.ts';
import type { Reach } from './reach.ts';
import type { Store } from './storage.ts';
import { createStream } from './stream.ts';
import { Surfaces } from './surfaces.ts';
import { createVerify } from './verify.ts';

/** The half of the shell that shows things: documents, surfaces, the stream. */
export interface Guidance {
  start(id: string): void;
  /** The person did something that may change what they see: listen for it. */
  expect(): void;
  /** Whether some definition waits for this event. */
  waitsFor(name: string): boolean;
  /** Another tab has got a manifest. */
  take(signed: SignedManifest): void;
  /** Another person is here: everything of the one before goes now. */
  forget(): void;
  /** Asks the server again. */
  refresh(): void;
  /** The page is shown again, or hidden. */
  seen(visible: boolean): void;
  /** The page may be frozen or gone in a moment. */
  sleep(): void;
  wake(): void;
  evict(): void;
  dispose(): void;
}

export interface GuidanceParts {
  readonly config: LoaderConfig;
  readonly store: Store;
  readonly tabStore: Store;
  readonly post: Post;
  readonly reach: Reach;
  readonly lock: Lock;
  readonly identity: () => Identity;
  readonly track: (name: string, properties: JsonObject) => void;
  readonly spread: (signed: SignedManifest) => void;
}

/** How long a change that the person has just caused is listened for. */
const listenMs = 10_000;
/** Route changes ask the server at most this often. */
const routeRefreshMs = 30_000;

export function createGuidance(parts: GuidanceParts): Guidance {
  let awake = true;
  let listening: ReturnType<typeof setTimeout> | undefined;
  let wished: string | undefined;
  let refreshedAt = 0;
  let complained = false;
  const manifests = createManifests({
    ...parts,
    verify: createVerify(parts.config.publicKey),
    changed: () => {
      surfaces.review();
      startWished();
    },
    refused: (reason) => {
      if (!complained) parts.track('SDK Manifest Refused', { reason });
      complained = true;
    },
    foreseen: (bundle) => preload(bundle, parts.config),
  });
  const surfaces = new Surfaces({ ...parts, current: () => manifests.current, changed: () => listen() });
  const stream = createStream({
    ...parts,
    body: manifests.requestBody,
    arrived: (signed) => void manifests.take(signed).then((news) => news && parts.spread(signed)),
  });
  const stopRoute = watchRoute(() => {
    surfaces.routed();
    if (Date.now() - refreshedAt > routeRefreshMs) refresh();
  });

  function listen() {
    stream.want(awake && !document.hidden && (surfaces.live || listening !== undefined));
  }

  function refresh() {
    refreshedAt = Date.now();
    void manifests.refresh();
  }

  function startWished() {
    const id = wished;
    wished = undefined;
    if (id !== undefined) surfaces.start(id);
  }

  /** A warm start shows what storage has before it asks the server anything. */
  async function begin() {
    surfaces.review();
    await surfaces.settled();
    setTimeout(refresh);
  }

  void begin();
  return {
    start(id) {
      if (manifests.current) surfaces.start(id);
      else wished = id;
    },
    expect() {
      clearTimeout(listening);
      listening = setTimeout(() => {
        listening = undefined;
        listen();
      }, listenMs);
      listen();
    },
    waitsFor: (name) => manifests.current?.manifest.liveEvents.includes(name) ?? false,
    take: (signed) => void manifests.take(signed),
    forget() {
      surfaces.clear();
      manifests.forget();
      stream.restart();
    },
    refresh,
    seen(visible) {
      surfaces.review();
      listen();
      if (visible) refresh();
    },
    sleep() {
      awake = false;
      surfaces.sleep();
      listen();
    },
    wake() {
      awake = true;
      surfaces.review();
      listen();
      refresh();
    },
    evict: manifests.evict,
    dispose() {
      awake = false;
      clearTimeout(listening);
      stopRoute();
      surfaces.sleep();
      listen();
    },
  };
}

/** Starts to load the code of what is published, while the manifest is still on its way. */
function preload({ contents }: Bundle, { surfaces }: LoaderConfig): void {
  for (const kind of new Set(contents.map((content) => content.kind))) {
    const url = surfaces[kind];
    if (url) loadSurface(url).catch(() => {});
  }
}
