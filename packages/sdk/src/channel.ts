import type { SignedManifest } from '@gangway/product/kernel/manifest.ts';
import type { Identity } from './identity.ts';

/** What tabs of one site tell each other. */
export type Notice =
  | { readonly type: 'manifest'; readonly signed: SignedManifest; readonly who: Identity }
  /** The identity in storage is another one now. */
  | { readonly type: 'identity' };

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
