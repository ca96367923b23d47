import { Problem } from '../../../kernel/problem.ts';
import type { Db } from '../../../ports/db/db.ts';
import type { Caller, Services } from '../../../ports/http/route.ts';
import { sessions, signInLinks, type UserRow, users } from './tables.ts';

const linkLife = 30 * 60_000;
const clockTolerance = 5 * 60_000;
const idleLife = 12 * 3_600_000;
const sessionLife = 30 * 86_400_000;

/** Makes a link that signs a user in once, within half an hour. Returns its token; only the hash is kept. */
export async function createSignInLink(services: Pick<Services, 'db' | 'clock' | 'token' | 'digest'>, user: UserRow): Promise<string> {
  const token = services.token();
  const now = services.clock.now();
  const row = {
    workspace: user.workspace,
    hash: services.digest(token),
    user: user.id,
    createdAt: now,
    expiresAt: now + linkLife,
    usedAt: null,
  };
  await services.db.transaction({ as: 'system' }, (tx) => tx.put(signInLinks, [row]));
  return token;
}

/** Opens a session with a link's token. A token works once, also when two come at the same instant. */
export async function openSession(services: Pick<Services, 'db' | 'clock' | 'token' | 'digest'>, token: string): Promise<string> {
  const hash = services.digest(token);
  const now = services.clock.now();
  const session = services.token();
  await services.db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock([`sign-in/${hash}`]);
    const [link] = await tx.list(signInLinks, { where: { hash }, limit: 1 });
    // A link from the future means that the clock was set back: it must not live longer for that.
    if (!link || link.usedAt !== null || link.expiresAt < now || link.createdAt > now + clockTolerance) {
      throw new Problem('link_not_valid', 403, 'This link was used already or is too old. Ask for a new one; nothing else was changed.');
    }
    await tx.put(signInLinks, [{ ...link, usedAt: now }]);
    await tx.put(sessions, [{ workspace: link.workspace, hash: services.digest(session), user: link.user, createdAt: now, lastSeen: now }]);
  });
  return session;
}

/** Who a session's cookie belongs to; nobody when it is unknown, idle for 12 hours or older than 30 days. */
export async function findCaller(services: Pick<Services, 'db' | 'clock' | 'digest'>, cookie: string): Promise<Caller> {
  const hash = services.digest(cookie);
  const now = services.clock.now();
  return services.db.transaction({ as: 'system' }, async (tx): Promise<Caller> => {
    const [session] = await tx.list(sessions, { where: { hash }, limit: 1 });
    if (!session || now - session.lastSeen > idleLife || now - session.createdAt > sessionLife) return { kind: 'nobody' };
    const [user] = await tx.get(users, [{ workspace: session.workspace, id: session.user }]);
    if (!user) return { kind: 'nobody' };
    // Once a minute is enough to know that somebody is there.
    if (now - session.lastSeen > 60_000) await tx.put(sessions, [{ ...session, lastSeen: now }]);
    return { kind: 'owner', workspace: user.workspace, user: user.id, email: user.email, name: user.name, session: hash };
  });
}

export async function closeSession(db: Db, session: { workspace: string; hash: string }): Promise<void> {
  await db.transaction({ as: 'system' }, (tx) => tx.remove(sessions, [session]));
}

/** The user of a mail address, written in any case. */
export async function findUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  const [user] = await db.transaction({ as: 'system' }, (tx) => tx.list(users, { where: { email: email.toLowerCase() }, limit: 1 }));
  return user;
}
