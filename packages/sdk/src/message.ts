import type { EventType } from '@gangway/product/kernel/event.ts';
import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { Identity } from './identity.ts';
import { newId } from './new-id.ts';
import { version } from './version.ts';

/** What differs between the calls of the Segment specification. */
export interface Call {
  readonly type: EventType;
  readonly event?: string;
  readonly name?: string;
  readonly traits?: JsonObject;
  readonly properties?: JsonObject;
  readonly groupId?: string;
  readonly previousId?: string;
  /** Of an `alias`, the id to join with; otherwise the sender's. */
  readonly userId?: string;
}

/** An event as it travels, with the sender and the page of this moment. */
export function messageOf(call: Call, identity: Identity): string {
  const { anonymousId, userId, groupId } = identity;
  return JSON.stringify({
    ...call,
    messageId: newId(),
    anonymousId,
    userId: call.userId ?? userId,
    timestamp: new Date().toISOString(),
    context: {
      page: { path: location.pathname, url: location.href, title: document.title, referrer: document.referrer },
      library: { name: 'gangway.js', version },
      groupId,
    },
  });
}
