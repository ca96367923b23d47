import { newId } from './new-id.ts';
import { readJson, type Store } from './storage.ts';

/** Who sends. Absent members are not known. */
export interface Identity {
  readonly anonymousId: string;
  readonly userId?: string;
  readonly groupId?: string;
  /** Proves the user id. */
  readonly token?: string | undefined;
}

const key = 'identity';

/** The stored identity; makes and stores an anonymous one at first. */
export function loadIdentity(store: Store): Identity {
  const known = readJson<Identity>(store, key);
  return typeof known?.anonymousId === 'string' ? known : saveIdentity(store, { anonymousId: newId() });
}

export function saveIdentity(store: Store, identity: Identity): Identity {
  store.set(key, JSON.stringify(identity));
  return identity;
}

/**
 * Who it is after `identify`. Another user than before gets a new anonymous id, so that nothing joins the two; the
 * first user of an anonymous visitor keeps it.
 */
export function identified(before: Identity, userId: string): Identity {
  if (before.userId === userId) return before;
  if (before.userId === undefined) return { ...before, userId };
  return { anonymousId: newId(), userId };
}

/** Says whether two identities see the same manifest. */
export function samePerson(one: Identity, other: Identity): boolean {
  return one.anonymousId === other.anonymousId && one.userId === other.userId;
}
