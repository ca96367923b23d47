import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { type Caller, type Route, route, type Services } from '../../../ports/http/route.ts';
import {
  consumeRequest,
  createKeyAnswer,
  createKeyRequest,
  type KeyRow,
  keysAnswer,
  type Mailbox,
  mailboxAnswer,
  sessionAnswer,
  signInRequest,
} from '../contract.ts';
import { findWorkspace, listEnvironments } from './reader.ts';
import { closeSession, createSignInLink, findUserByEmail, openSession } from './sessions.ts';
import { type KeyTableRow, keys } from './tables.ts';

/** The cookie of a signed-in person. */
export const sessionCookie = 'gangway_session';
const sessionDays = 30 * 86_400;

/** Facts of this installation that only the server knows. */
export interface Surroundings {
  /** URL of the demo application, while it runs. */
  demo(): string | null;
  /** The mails that were kept because no SMTP is set; newest first. */
  mailbox(): Promise<Mailbox['messages']>;
}

/** The workspace's routes: who am I, signing in and out, keys, kept mail. */
export function workspaceRoutes(surroundings: Surroundings): Route[] {
  return [...signInRoutes(surroundings), ...keyRoutes()];
}

/** Narrows to the signed-in owner; the registry lets nobody else through, so anything else is a bug. */
export function ownerOf(caller: Caller): Extract<Caller, { kind: 'owner' }> {
  if (caller.kind !== 'owner') throw new Problem('signed_out', 401, 'Sign in to see this.');
  return caller;
}

function signInRoutes(surroundings: Surroundings): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/sign-in/request',
      access: 'open',
      body: signInRequest,
      // The same answer, after the same work, whether or not the address is known.
      handle: async ({ body }, services) => {
        const user = await findUserByEmail(services.db, body.email);
        if (user) await sendLink(services, user.email, await createSignInLink(services, user));
      },
    }),
    route({
      method: 'POST',
      path: '/api/sign-in/consume',
      access: 'open',
      body: consumeRequest,
      handle: async ({ body, setCookie }, services) => setCookie(sessionCookie, await openSession(services, body.token), sessionDays),
    }),
    route({
      method: 'POST',
      path: '/api/sign-out',
      access: 'owner',
      handle: async ({ caller, setCookie }, { db }) => {
        const owner = ownerOf(caller);
        await closeSession(db, { workspace: owner.workspace, hash: owner.session });
        setCookie(sessionCookie, undefined);
      },
    }),
    route({
      method: 'GET',
      path: '/api/session',
      access: 'owner',
      answer: sessionAnswer,
      handle: async ({ caller }, { db, courier }) => {
        const owner = ownerOf(caller);
        const workspace = await findWorkspace(db, owner.workspace);
        const environments = await listEnvironments(db, owner.workspace);
        return {
          user: { email: owner.email, name: owner.name },
          workspace: { id: owner.workspace, name: workspace?.name ?? '', timezone: workspace?.timezone ?? 'UTC' },
          environments: environments.map(({ id, name, kind, writeKey }) => ({ id, name, kind, writeKey })),
          demo: surroundings.demo(),
          mail: courier.kind,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/api/mailbox',
      access: 'owner',
      answer: mailboxAnswer,
      handle: async () => ({ messages: await surroundings.mailbox() }),
    }),
  ];
}

/** The token travels in the fragment, so that no server log and no Referer ever holds it. */
async function sendLink(services: Services, to: string, token: string): Promise<void> {
  const text = `Open this link and press “Sign in”. It works once, within 30 minutes.\n\n${services.origin()}/sign-in#${token}\n\nIf you did not ask for it, do nothing.`;
  await services.courier.send(services.id('mail'), { to, subject: 'Sign in to Gangway', text });
}

function keyRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/e/:environment/keys',
      access: 'owner',
      answer: keysAnswer,
      handle: async ({ scope }, { db }) => {
        const rows = await db.transaction({ as: 'request', scope }, (tx) =>
          tx.list(keys, { where: { workspace: scope.workspace, environment: scope.environment }, orderBy: ['createdAt'] }),
        );
        return { keys: rows.map(shown) };
      },
    }),
    route({
      method: 'POST',
      path: '/api/e/:environment/keys',
      access: 'owner',
      body: createKeyRequest,
      answer: createKeyAnswer,
      handle: async ({ scope, body, caller }, services) => {
        const secret = `sk_${services.token()}`;
        const row: KeyTableRow = {
          workspace: scope.workspace,
          environment: scope.environment,
          id: services.id('key'),
          kind: 'secret',
          label: body.label,
          prefix: `${secret.slice(0, 9)}…`,
          hash: services.digest(secret),
          createdAt: services.clock.now(),
          revokedAt: null,
        };
        await services.db.transaction({ as: 'request', scope }, async (tx) => {
          await tx.put(keys, [row]);
          await noteDeed(tx, {
            workspace: scope.workspace,
            actor: ownerOf(caller).email,
            action: 'key.created',
            object: row.id,
            id: services.id('au'),
            at: row.createdAt,
          });
        });
        return { key: shown(row), secret };
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/e/:environment/keys/:id',
      access: 'owner',
      answer: z.object({ key: createKeyAnswer.shape.key }),
      handle: async ({ scope, params, caller }, { db, clock, id }) =>
        db.transaction({ as: 'request', scope }, async (tx) => {
          const [row] = await tx.get(keys, [{ workspace: scope.workspace, environment: scope.environment, id: params.id ?? '' }]);
          if (!row) throw new Problem('not_found', 404, 'There is no such key.');
          if (row.kind === 'public')
            throw new Problem(
              'write_key_stays',
              409,
              'The write key is public and is in your pages, so it cannot be revoked here. Revoke secret keys, or use another environment.',
            );
          const revoked = { ...row, revokedAt: row.revokedAt ?? clock.now() };
          await tx.put(keys, [revoked]);
          await noteDeed(tx, {
            workspace: scope.workspace,
            actor: ownerOf(caller).email,
            action: 'key.revoked',
            object: row.id,
            id: id('au'),
            at: clock.now(),
          });
          return { key: shown(revoked) };
        }),
    }),
  ];
}

function shown({ id, kind, label, prefix, createdAt, revokedAt }: KeyTableRow): KeyRow {
  return { id, kind, label, prefix, createdAt, revokedAt };
}
