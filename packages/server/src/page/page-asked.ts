import type { Door } from '@gangway/product/kernel/door.ts';
import type { ManifestRequest } from '@gangway/product/kernel/manifest.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import { faultWords } from '@gangway/product/pipeline/sender.ts';
import type { PersonRow } from '@gangway/product/pipeline/tables.ts';

/** Who a page says is there, and the proof it brings. */
export type PageAsked = Pick<ManifestRequest, 'anonymousId' | 'userId' | 'token'>;

/**
 * Whether the page may know what is this person's own. Where proof is required a user's manifest needs a token for
 * that very user: a token that proves nothing is refused (401), none gives what everybody may see.
 */
export function isPersonal(found: Pick<PersonRow, 'userId'>, asked: PageAsked, at: { readonly door: Door; readonly now: number }): boolean {
  if (at.door.mode === 'open') return true;
  return isProved(asked, at) || (asked.userId === undefined && found.userId === null);
}

/** Throws a Problem for a token that proves nothing, where proof is required. */
export function isProved({ userId, token }: PageAsked, { door, now }: { readonly door: Door; readonly now: number }): boolean {
  if (door.mode === 'open' || userId === undefined || token === undefined) return false;
  const proof = door.prove(token, now);
  const fault = 'fault' in proof ? proof.fault : proof.userId === userId ? undefined : 'other_user';
  if (fault === undefined) return true;
  throw new Problem(`identity_token_${fault}`, 401, `${faultWords[fault]} Nothing of this user was shown.`);
}
