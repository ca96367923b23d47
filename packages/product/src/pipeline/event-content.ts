import type { LoggedEntry } from '../kernel/entry.ts';
import { fnv1a } from '../kernel/hash.ts';

/**
 * What an event says, as a number: who, what and with which values. Without its times and its context, because a
 * repeat of the same event by the same client may differ in both. 0 for entries of other kinds.
 */
export function contentOf({ body }: LoggedEntry): number {
  if (body.what === 'erased') return body.content ?? 0;
  if (body.what !== 'event') return 0;
  const { type, userId, anonymousId, groupId, previousId, event, traits, properties } = body.event;
  return fnv1a(JSON.stringify([type, userId, anonymousId, groupId, previousId, event, traits, properties]));
}
