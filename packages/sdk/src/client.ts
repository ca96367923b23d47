import { fnv1a } from '@gangway/product/kernel/hash.ts';
import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { LoaderConfig } from '@gangway/product/kernel/manifest.ts';
import type { Gangway, IdentifyOptions, InitConfig } from './api.ts';
import { createChannel, type Notice } from './channel.ts';
import { Guidance } from './guidance.ts';
import { type Identity, identified, loadIdentity, samePerson, saveIdentity } from './identity.ts';
import { watchPage } from './lifecycle.ts';
import { createLock, type Lock } from './lock.ts';
import { type Call, messageOf } from './message.ts';
import { newId } from './new-id.ts';
import { createPost } from './post.ts';
import { createQueue } from './queue.ts';
import { createReach } from './reach.ts';
import { createStore, type Store } from './storage.ts';
import { Transport } from './transport.ts';

/** Composes the shell: events on one side, guidance on the other, one identity between them. */
export class Client implements Gangway {
  readonly #store;
  readonly #tabStore;
  readonly #lock: Lock;
  readonly #reach = createReach();
  readonly #post;
  readonly #queue;
  readonly #transport: Transport;
  readonly #channel;
  #identity: Identity;
  /** By user. Events of one who has gone may still wait; in memory, so that nothing of theirs stays on a shared computer. */
  readonly #tokens = new Map<string | undefined, string | undefined>();
  #guidance: Guidance | undefined;
  /** A guide that was asked for before its content could be known. */
  #wished: string | undefined;

  /** @param loader the configuration when the server's loader script brought it, else the way to get it */
  constructor({ writeKey, host }: InitConfig, loader: LoaderConfig | ((store: Store) => Promise<LoaderConfig | undefined>)) {
    const prefix = `gangway:${writeKey}:`;
    this.#store = createStore(() => window.localStorage, prefix);
    this.#tabStore = createStore(() => window.sessionStorage, prefix);
    const lock = createLock(this.#store);
    this.#lock = (name, held) => lock(prefix + name, held);
    this.#post = createPost(host, this.#reach);
    this.#queue = createQueue(this.#store, Date.now, () => this.#guidance?.evict());
    this.#identity = this.#proving(loadIdentity(this.#store));
    this.#transport = new Transport({
      ...this.#shared(),
      writeKey,
      queue: this.#queue,
      token: (userId) => this.#tokens.get(userId),
      lost: (count) => this.#lost(count),
    });
    this.#channel = createChannel(prefix, (notice) => this.#heard(notice));
    this.#channel.open();
    this.#watch();
    if (typeof loader === 'function') void loader(this.#store).then((config) => config && this.#guide(config));
    else this.#guide(loader);
    if (this.#queue.list().length > 0) this.#transport.queued(false);
  }

  identify(userId: string, traits?: JsonObject, options?: IdentifyOptions): void {
    const next = identified(this.#identity, String(userId));
    const token = options?.token;
    this.#become(next.token === token ? next : { ...next, token }, { type: 'identify', ...(traits ? { traits } : {}) });
    this.#listenIfNew('identify', { userId, ...traits, ...options });
  }

  track(event: string, properties?: JsonObject): void {
    this.#sendWatched({ type: 'track', event, ...(properties ? { properties } : {}) }, event);
  }

  page(name?: string, properties?: JsonObject): void {
    this.#sendWatched({ type: 'page', ...(name ? { name } : {}), ...(properties ? { properties } : {}) }, 'Page Viewed');
  }

  group(groupId: string, traits?: JsonObject): void {
    this.#identity = saveIdentity(this.#store, { ...this.#identity, groupId: String(groupId) });
    this.#send({ type: 'group', groupId: String(groupId), ...(traits ? { traits } : {}) }, true);
    this.#listenIfNew('group', { groupId, ...traits });
  }

  alias(userId: string, previousId?: string): void {
    const { userId: known, anonymousId } = this.#identity;
    this.#send({ type: 'alias', previousId: previousId ?? known ?? anonymousId, userId: String(userId) }, true);
  }

  reset(): void {
    this.#become({ anonymousId: newId() });
  }

  startGuide(id: string): void {
    if (this.#guidance) this.#guidance.start(id);
    else this.#wished = id;
  }

  flush(): Promise<void> {
    return this.#transport.flush();
  }

  #shared() {
    return { store: this.#store, tabStore: this.#tabStore, lock: this.#lock, post: this.#post, reach: this.#reach };
  }

  #guide(config: LoaderConfig): void {
    this.#guidance = new Guidance({
      ...this.#shared(),
      config,
      identity: () => this.#identity,
      track: (event, properties) => this.#send({ type: 'track', event, properties }, true),
      spread: (signed, who) => this.#channel.tell({ type: 'manifest', signed, who }),
    });
    if (this.#wished !== undefined) this.#guidance.start(this.#wished);
  }

  #send(call: Call, now: boolean): void {
    this.#queue.add(messageOf(call, this.#identity));
    this.#transport.queued(now);
  }

  /** An event that some definition waits for leaves at once, and its effect is listened for. */
  #sendWatched(call: Call, name: string): void {
    const live = this.#guidance?.waitsFor(name) ?? false;
    this.#send(call, live);
    if (live) this.#guidance?.expect();
  }

  /** Pages say on every load who is there; only what this tab has not said before can change what they see. */
  #listenIfNew(what: string, said: JsonObject): void {
    const key = `said:${what}`;
    const hash = String(fnv1a(JSON.stringify(said)));
    if (this.#tabStore.get(key) === hash) return;
    this.#tabStore.set(key, hash);
    this.#guidance?.expect();
  }

  #lost(count: number): void {
    this.#send({ type: 'track', event: 'SDK Events Dropped', properties: { count } }, false);
  }

  #proving(identity: Identity): Identity {
    this.#tokens.set(identity.userId, identity.token);
    return identity;
  }

  /** The one before is off the page and out of storage before anybody else's events are made. */
  #become(next: Identity, call?: Call): void {
    const before = this.#identity;
    const other = !samePerson(before, next);
    if (other && (before.userId !== undefined || next.userId === undefined)) this.#guidance?.forget(true);
    this.#identity = this.#proving(saveIdentity(this.#store, next));
    if (call) this.#send(call, true);
    // The same person with a new token may see what was refused with the old one.
    if (before === next) return;
    this.#channel.tell({ type: 'identity', who: next });
    this.#guidance?.expect();
    void this.#transport.flush().then(() => this.#guidance?.restart());
  }

  #heard(notice: Notice): void {
    if (notice.type === 'manifest') this.#guidance?.take(notice.signed, notice.who);
    else this.#follow(notice.who);
  }

  /** Another tab has changed who we are. What is stored is, or will be in a moment, the new person's. */
  #follow(next: Identity): void {
    const before = this.#identity;
    this.#identity = this.#proving(next);
    if (samePerson(before, next)) return;
    if (before.userId !== undefined || next.userId === undefined) this.#guidance?.forget(false);
    this.#guidance?.restart();
  }

  #watch(): void {
    watchPage({
      hidden: () => {
        this.#transport.leave();
        this.#guidance?.seen(false);
      },
      visible: () => this.#guidance?.seen(true),
      leaving: () => {
        this.#guidance?.sleep();
        this.#transport.leave();
        this.#channel.close();
      },
      returned: () => {
        this.#channel.open();
        this.#reach.answered();
        this.#follow(loadIdentity(this.#store));
        this.#guidance?.wake();
        this.#transport.queued(true);
      },
      online: () => {
        this.#reach.answered();
        void this.#transport.flush();
        this.#guidance?.refresh();
      },
    });
  }
}
