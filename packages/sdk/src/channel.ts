import type { SignedManifest } from '@gangway/product/kernel/manifest.ts';
import type { Identity } from './identity.ts';

/** What tabs of one site tell each other. */
export type Notice =
  | { readonly type: 'manifest'; readonly signed: SignedManifest; readonly who: Identity }
  /** Another identity from now on. It comes along because the other tab's storage may learn of it after this message. */
  | { readonly type: 'identity'; readonly who: Identity };

export interface Channel {
  tell(notice: Notice): void;
  /** An open channel may keep the page out of the back/forward cache. */
  close(): void;
  open(): void;
}

/** A channel that is silent where the browser has none. */
export function createChannel(name: string, heard: (notice: Notice) => void): Channel {
  let channel: BroadcastChannel | undefined;
  return {
    tell(notice) {
      channel?.postMessage(notice);
    },
    close() {
      channel?.close();
      channel = undefined;
    },
    open() {
      if (channel || typeof BroadcastChannel === 'undefined') return;
      channel = new BroadcastChannel(name);
      channel.onmessage = (event: MessageEvent<Notice>) => heard(event.data);
    },
  };
}
