import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { Caller, Services } from '../../../ports/http/route.ts';
import { guestSessions, portalLinks } from './tables.ts';

const linkLife = 14 * 86_400_000;
const sessionLife = 30 * 86_400_000;

/** Invites a guest to a plan: a link that opens once, within two weeks. Returns its token; only the hash is kept. */
export async function inviteGuest(
  services: Pick<Services, 'db' | 'clock' | 'token' | 'digest'>,
  scope: Scope,
  input: { plan: string; email: string },
): Promise<string> {
  const token = services.token();
  const now = services.clock.now();
  const row = {
    ...scopeColumns(scope),
    hash: services.digest(token),
    plan: input.plan,
    email: input.email.toLowerCase(),
    createdAt: now,
    expiresAt: now + linkLife,
    usedAt: null,
  };
  await services.db.transaction({ as: 'request', scope }, (tx) => tx.put(portalLinks, [row]));
  return token;
}

/** Opens a guest's session with a link's token, once, also when two come at the same instant. */
export async function openPortal(services: Pick<Services, 'db' | 'clock' | 'token' | 'digest'>, token: string): Promise<string> {
  const hash = services.digest(token);
  const now = services.clock.now();
  const session = services.token();
  await services.db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock([`portal/${hash}`]);
    const [link] = await tx.list(portalLinks, { where: { hash }, limit: 1 });
    if (!link || link.usedAt !== null || link.expiresAt < now) {
      throw new Problem('link_not_valid', 403, 'This link was opened already or is too old. Ask the person who sent it for a new one.');
    }
    const { workspace, environment, plan, email } = link;
    await tx.put(portalLinks, [{ ...link, usedAt: now }]);
    await tx.put(guestSessions, [
      { workspace, environment, hash: services.digest(session), plan, email, createdAt: now, expiresAt: now + sessionLife },
    ]);
  });
  return session;
}

/** Which guest a cookie belongs to; nobody when it is unknown or too old. */
export async function findGuest(services: Pick<Services, 'db' | 'clock' | 'digest'>, cookie: string): Promise<Caller> {
  const hash = services.digest(cookie);
  const [row] = await services.db.transaction({ as: 'system' }, (tx) => tx.list(guestSessions, { where: { hash }, limit: 1 }));
  if (!row || row.expiresAt < services.clock.now()) return { kind: 'nobody' };
  return {
    kind: 'guest',
    scope: { workspace: row.workspace, environment: row.environment },
    plan: row.plan,
    email: row.email,
    session: hash,
  };
}
