import { type Door, type Doors, type IdentityMode, openDoor, type Proof } from '../../../kernel/door.ts';
import type { LinkKey } from '../../../kernel/link-key.ts';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { Db } from '../../../ports/db/db.ts';
import type { Services } from '../../../ports/http/route.ts';
import { type IdentityKeyRow, identityKeys, identitySettings, sealContext, tombstones } from './tables.ts';
import { publicKey, sharedKey, type TokenKey, verifyToken } from './verify-token.ts';

/** How long a door is remembered: what one server changed holds at all others after it. */
export const doorLife = 5_000;
/** Tokens whose signature need not be computed again for each of a page's events. */
const rememberedTokens = 2_000;

type Needs = Pick<Services, 'unseal' | 'keyedDigest' | 'clock'> & { readonly db: Db };

/** The ids of deleted people that a door has heard of, as hashes, up to the number of the last. Nobody comes back, so it only grows. */
interface Shut {
  readonly hashes: Set<string>;
  number: number;
}

/** The doors of all environments, each read again after {@link doorLife}, or when it was told to forget. */
export function createDoors(needs: Needs): { door: Doors; forget: (scope: Scope) => void } {
  const known = new Map<string, { readonly door: Promise<Door>; readonly until: number }>();
  const shutOf = new Map<string, Shut>();
  return {
    door: (scope) => {
      const key = scopeKey(scope);
      const now = needs.clock.now();
      const hit = known.get(key);
      if (hit && hit.until > now) return hit.door;
      const shut = shutOf.get(key) ?? { hashes: new Set(), number: -1 };
      shutOf.set(key, shut);
      const door = readDoor(needs, scope, shut);
      known.set(key, { door, until: now + doorLife });
      door.catch(() => known.delete(key));
      return door;
    },
    forget: (scope) => void known.delete(scopeKey(scope)),
  };
}

/** How an id of a deleted person is kept: nobody without the installation's key can try names against it. */
export function tombstoneHash({ keyedDigest }: Pick<Services, 'keyedDigest'>, scope: Scope, link: LinkKey): string {
  return keyedDigest(`tombstone\n${scopeKey(scope)}\n${link}`);
}

/** Numbers are given under it, so that they can be seen in their order. */
export function tombstoneLock(scope: Scope): string {
  return `tombstones:${scopeKey(scope)}`;
}

async function readDoor(needs: Needs, scope: Scope, shut: Shut): Promise<Door> {
  const where = scopeColumns(scope);
  const [settings, keys, gone] = await needs.db.transaction({ as: 'system' }, async (tx) => [
    (await tx.get(identitySettings, [where]))[0],
    await tx.list(identityKeys, { where, orderBy: ['createdAt', 'id'] }),
    await tx.list(tombstones, { where, range: { column: 'number', from: shut.number + 1 } }),
  ]);
  for (const { hash, number } of gone) {
    shut.hashes.add(hash);
    shut.number = Math.max(shut.number, number);
  }
  if (!settings && keys.length === 0 && shut.hashes.size === 0) return openDoor;
  const active = keys.filter(({ revokedAt }) => revokedAt === null).map((row) => readKey(needs, row));
  const mode: IdentityMode = settings?.mode ?? 'open';
  return {
    mode,
    takesTokens: keys.length > 0,
    prove: createProver(active, scope.environment),
    erased: (link) => shut.hashes.size > 0 && shut.hashes.has(tombstoneHash(needs, scope, link)),
    noteLate: (links) => noteLate(needs, scope, links),
  };
}

async function noteLate(needs: Needs, scope: Scope, links: readonly LinkKey[]): Promise<void> {
  const where = scopeColumns(scope);
  const late = links.map((link) => tombstoneHash(needs, scope, link));
  await needs.db.transaction({ as: 'request', scope }, async (tx) => {
    await tx.lock([tombstoneLock(scope)]);
    const rows = await tx.get(
      tombstones,
      [...new Set(late)].map((hash) => ({ ...where, hash })),
    );
    await tx.put(
      tombstones,
      rows.map((row) => ({ ...row, refused: row.refused + late.filter((hash) => hash === row.hash).length })),
    );
  });
}

function readKey({ unseal }: Needs, row: IdentityKeyRow): TokenKey {
  if (row.algorithm === 'HS256') return sharedKey(row.id, unseal(row.material, sealContext(row)));
  return publicKey(row.id, row.algorithm, row.material);
}

/** Verifies, and remembers tokens that proved something: for these only time has to be looked at again. */
function createProver(keys: readonly TokenKey[], environment: string): Door['prove'] {
  const proved = new Map<string, { readonly userId: string; readonly until: number }>();
  return (token, now): Proof => {
    const hit = proved.get(token);
    if (hit && now < hit.until) return { userId: hit.userId };
    const proof = verifyToken(token, keys, { environment, now });
    if ('fault' in proof) return proof;
    if (proved.size >= rememberedTokens) proved.clear();
    // A door lives for seconds; a proof in it for one, so that a token's end is never overstepped by more.
    proved.set(token, { userId: proof.userId, until: now + 1_000 });
    return proof;
  };
}
