import { type AcceptedEvent, isAboutAccountAlone } from '../kernel/event.ts';
import type { LinkKey } from '../kernel/link-key.ts';

/** The set of links as stage 3 sees it. Persons are known by id; an id without a user link is anonymous. */
export interface Links {
  personOf(key: LinkKey): string | undefined;
  /** Whether some user id leads to this person. */
  hasUser(person: string): boolean;
}

/** What stage 3 decides: whose event it is, and how the set of links grows. Nothing is done here. */
export interface Resolution {
  /** The link under which the event belongs; its person exists or is to be made. */
  readonly owner: LinkKey;
  /** Links to add, all to the owner's person. */
  readonly link: readonly LinkKey[];
  /** A person who turns out to be the owner's: to be merged into it. */
  readonly merge?: string;
  /** An anonymous person who becomes the owner's by taking the user link. */
  readonly adopt?: string;
  /** Two identified users were to be joined: refused. The person who was to become the owner's. */
  readonly refused?: string;
}

/**
 * Stage 3: anonymous → person, by the cases of the identity table. A user id decides; an anonymous id joins the
 * first user it is seen with and stays there; two users never merge through an event. Order-free: links are a
 * set, so an identify that comes late gives the same persons.
 */
export function resolve(event: AcceptedEvent, links: Links): Resolution {
  if (event.unproven && event.userId !== undefined) {
    // A shadow: all such claims of one id together, joined with nobody.
    const owner: LinkKey = `claimed:${event.userId}`;
    return { owner, link: links.personOf(owner) === undefined ? [owner] : [] };
  }
  if (event.type === 'alias' && event.previousId !== undefined && event.userId !== undefined)
    return resolveAlias(event.previousId, event.userId, links);
  if (event.userId === undefined) {
    const owner: LinkKey = `anonymous:${event.anonymousId ?? event.messageId}`;
    return { owner, link: links.personOf(owner) === undefined ? [owner] : [] };
  }
  return join(`user:${event.userId}`, event.anonymousId === undefined ? undefined : `anonymous:${event.anonymousId}`, links);
}

function join(user: LinkKey, anonymous: LinkKey | undefined, links: Links): Resolution {
  const known = links.personOf(user);
  const fresh = known === undefined ? [user] : [];
  if (anonymous === undefined) return { owner: user, link: fresh };
  const other = links.personOf(anonymous);
  if (other === undefined) return { owner: user, link: [...fresh, anonymous] };
  // A device that already belongs to somebody stays theirs; this event is the user's all the same.
  if (other === known || links.hasUser(other)) return { owner: user, link: fresh };
  if (known === undefined) return { owner: user, link: [user], adopt: other };
  return { owner: user, link: [], merge: other };
}

function resolveAlias(previousId: string, userId: string, links: Links): Resolution {
  if (previousId === userId) return join(`user:${userId}`, undefined, links);
  const previousUser = links.personOf(`user:${previousId}`);
  if (previousUser !== undefined && previousUser !== links.personOf(`user:${userId}`)) {
    return { ...join(`user:${userId}`, undefined, links), refused: previousUser };
  }
  return join(`user:${userId}`, `anonymous:${previousId}`, links);
}

/** The links whose persons must be known before an event can be resolved. */
export function linksOf(event: AcceptedEvent): LinkKey[] {
  if (isAboutAccountAlone(event)) return [];
  if (event.unproven && event.userId !== undefined) return [`claimed:${event.userId}`];
  const keys: LinkKey[] = [];
  if (event.userId !== undefined) keys.push(`user:${event.userId}`);
  if (event.anonymousId !== undefined) keys.push(`anonymous:${event.anonymousId}`);
  else if (event.userId === undefined) keys.push(`anonymous:${event.messageId}`);
  if (event.previousId !== undefined) keys.push(`user:${event.previousId}`, `anonymous:${event.previousId}`);
  return keys;
}
