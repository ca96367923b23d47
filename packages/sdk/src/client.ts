import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { LoaderConfig } from '@gangway/product/kernel/manifest.ts';
import type { Gangway, InitConfig } from './api.ts';
import { createChannel } from './channel.ts';
import { createGuidance, type Guidance } from './guidance.ts';
import { type Identity, identified, loadIdentity, samePerson, saveIdentity } from './identity.ts';
import { watchPage } from './lifecycle.ts';
import { loadConfig } from './load-config.ts';
import { createLock } from './lock.ts';
import { type Call, messageOf } from './message.ts';
import { newId } from './new-id.ts';
import { createPost } from './post.ts';
import { createQueue } from './queue.ts';
import { createReach } from './reach.ts';
import { safely } from './safely.ts';
import { createStore } from './storage.ts';
import { createTransport } from './transport.ts';

/**
 * Composes the shell.
 *
 * @param loader known when the server's loader script started us; otherwise it is fetched
 */
export function createClient({ writeKey, host }: InitConfig, loader?: LoaderConfig): Gangway {
  const prefix = `gangway:${writeKey}:`;
  const store = createStore(() => window.localStorage, prefix);
  const tabStore = createStore(() => window.sessionStorage, prefix);
  const reach = createReach();
  const post = createPost(host, reach);
  const locks = createLock(store);
  const lock: typeof locks = (name, held) => locks(prefix + name, held);
  const queue = createQueue(store, Date.now, () => guidance?.evict());
  let identity = loadIdentity(store);
  let guidance: Guidance | undefined;
  let wished: string | undefined;

  const transport = createTransport({
    writeKey,
    queue,
    post,
    reach,
    store,
    turn: (action) =>
      new Promise((resolve) => {
        const release = lock('send', () =>
          action().finally(() => {
            release();
            resolve();
          }),
        );
      }),
    lost: (count) => send({ type: 'track', event: 'SDK Events Dropped', properties: { count } }, false),
  });

  const channel = createChannel(prefix, (notice) => {
    if (notice.type === 'manifest') guidance?.take(notice.signed);
    else follow(loadIdentity(store));
  });

  function send(call: Call, now: boolean) {
    queue.add(messageOf(call, identity));
    transport.queued(now);
  }

  function trackNow(event: string, properties: JsonObject) {
    send({ type: 'track', event, properties }, true);
  }

  /** Another tab has changed who we are. */
  function follow(next: Identity) {
    const before = identity;
    identity = next;
    if (samePerson(before, next)) return;
    if (before.userId !== undefined) guidance?.forget();
    guidance?.refresh();
  }

  /** The one before is off the page and out of storage before anybody else's events are made. */
  function become(next: Identity, call?: Call) {
    const before = identity;
    if (before.userId !== undefined && !samePerson(before, next)) guidance?.forget();
    identity = saveIdentity(store, next);
    if (call) send(call, true);
    if (samePerson(before, next)) return;
    channel.tell({ type: 'identity' });
    guidance?.expect();
    void transport.flush().then(() => guidance?.refresh());
  }

  function guide(config: LoaderConfig) {
    guidance = createGuidance({
      config,
      store,
      tabStore,
      post,
      reach,
      lock,
      identity: () => identity,
      track: trackNow,
      spread: (signed) => channel.tell({ type: 'manifest', signed }),
    });
    if (wished !== undefined) guidance.start(wished);
  }

  channel.open();
  watchPage({
    hidden: () => {
      transport.leave();
      guidance?.seen(false);
    },
    visible: () => guidance?.seen(true),
    leaving: () => {
      guidance?.sleep();
      transport.leave();
      channel.close();
    },
    returned: () => {
      channel.open();
      reach.restart();
      follow(loadIdentity(store));
      guidance?.wake();
      transport.queued(true);
    },
    online: () => {
      reach.restart();
      void transport.flush();
      guidance?.refresh();
    },
  });
  if (loader) guide(loader);
  else void loadConfig({ writeKey, host }, store).then((config) => config && guide(config));
  if (queue.list().length > 0) transport.queued(false);

  return safely({
    identify: (userId, traits) => become(identified(identity, String(userId)), { type: 'identify', ...(traits ? { traits } : {}) }),
    track: (event, properties) => {
      const live = guidance?.waitsFor(event) ?? false;
      send({ type: 'track', event, ...(properties ? { properties } : {}) }, live);
      if (live) guidance?.expect();
    },
    page: (name, properties) =>
      send({ type: 'page', ...(name ? { name } : {}), ...(properties ? { properties } : {}) }, guidance?.waitsFor('Page Viewed') ?? false),
    group: (groupId, traits) => {
      identity = saveIdentity(store, { ...identity, groupId: String(groupId) });
      send({ type: 'group', groupId: String(groupId), ...(traits ? { traits } : {}) }, true);
      guidance?.expect();
    },
    alias: (userId, previousId) => {
      const before = previousId ?? identity.userId ?? identity.anonymousId;
      send({ type: 'alias', previousId: before, userId: String(userId) }, true);
    },
    reset: () => {
      if (identity.userId === undefined) guidance?.forget();
      become({ anonymousId: newId() });
    },
    startGuide: (id) => {
      if (guidance) guidance.start(id);
      else wished = id;
    },
    flush: () => transport.flush(),
  });
}
