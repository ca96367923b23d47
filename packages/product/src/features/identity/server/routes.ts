import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { Tx } from '../../../ports/db/db.ts';
import { type Caller, emailOf, type Route, route, type Services } from '../../../ports/http/route.ts';
import {
  type IdentityKey,
  identityAnswer,
  modeRequest,
  newIdentityKeyAnswer,
  newIdentityKeyRequest,
  revokedIdentityKeyAnswer,
} from '../contract.ts';
import { readCoverage } from './coverage.ts';
import { mergeRoutes } from './merge-routes.ts';
import { readPublicKey } from './read-public-key.ts';
import { type IdentityKeyRow, identityKeys, identitySettings, sealContext } from './tables.ts';

/** Keys that may work side by side: the one in use, and the next one while a back end changes over. */
const mostKeys = 2;

/** What an environment asks of those who claim a user id: its mode, the keys of tokens, and how much is proved. */
export const identityRoutes: Route[] = [
  ...mergeRoutes,
  route({
    method: 'GET',
    path: '/api/e/:environment/identity',
    access: 'owner',
    answer: identityAnswer,
    handle: async ({ scope }, { db, sql, clock }) => {
      const { settings, rows } = await db.transaction({ as: 'request', scope }, (tx) => readSettings(tx, scope));
      return {
        mode: settings?.mode ?? 'open',
        changedAt: settings?.changedAt ?? null,
        changedBy: settings?.changedBy ?? null,
        keys: rows.map(shown),
        coverage: await readCoverage({ db, sql }, scope, clock.now()),
      };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/e/:environment/identity/mode',
    access: 'owner',
    body: modeRequest,
    handle: async ({ scope, body: { mode }, caller }, services) => {
      await services.db.transaction({ as: 'request', scope }, async (tx) => {
        await tx.lock([lockOf(scope)]);
        const { settings, rows } = await readSettings(tx, scope);
        if (mode === 'required' && !rows.some(works))
          throw new Problem(
            'no_identity_key',
            409,
            'Make an identity key first, and let your back end sign tokens with it. Without one nobody could prove who they are, so nothing was changed.',
          );
        if ((settings?.mode ?? 'open') === mode) return;
        const now = services.clock.now();
        await tx.put(identitySettings, [{ mode, changedAt: now, changedBy: emailOf(caller), ...scopeColumns(scope) }]);
        await note(tx, services, { scope, caller, action: `identity.${mode}`, object: scope.environment });
      });
      services.forgetDoor(scope);
    },
  }),
  route({
    method: 'POST',
    path: '/api/e/:environment/identity/keys',
    access: 'owner',
    body: newIdentityKeyRequest,
    answer: newIdentityKeyAnswer,
    handle: async ({ scope, body, caller }, services) => {
      const { row, secret } = makeKey(services, { scope, label: body.label, by: emailOf(caller), pem: body.publicKey });
      await services.db.transaction({ as: 'request', scope }, async (tx) => {
        await tx.lock([lockOf(scope)]);
        const { rows } = await readSettings(tx, scope);
        if (rows.filter(works).length >= mostKeys)
          throw new Problem(
            'too_many_identity_keys',
            409,
            'Two keys work already. Revoke the one that your back end no longer uses, then make the next.',
          );
        await tx.put(identityKeys, [row]);
        await note(tx, services, { scope, caller, action: 'identity_key.created', object: row.id });
      });
      services.forgetDoor(scope);
      return { key: shown(row), secret };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/e/:environment/identity/keys/:id',
    access: 'owner',
    answer: revokedIdentityKeyAnswer,
    handle: async ({ scope, params, caller }, services) => {
      const key = await services.db.transaction({ as: 'request', scope }, async (tx) => {
        await tx.lock([lockOf(scope)]);
        const { settings, rows } = await readSettings(tx, scope);
        const row = rows.find(({ id }) => id === params.id);
        if (!row) throw new Problem('not_found', 404, 'There is no such identity key.');
        if (row.revokedAt !== null) return row;
        if (settings?.mode === 'required' && rows.filter(works).length === 1)
          throw new Problem(
            'last_identity_key',
            409,
            'Proof is required, and this is the last key that works: without it nobody would be believed. Make another first, or set the mode to open.',
          );
        const revoked = { ...row, revokedAt: services.clock.now() };
        await tx.put(identityKeys, [revoked]);
        await note(tx, services, { scope, caller, action: 'identity_key.revoked', object: row.id });
        return revoked;
      });
      services.forgetDoor(scope);
      return { key: shown(key) };
    },
  }),
];

function makeKey(
  services: Services,
  input: { scope: Scope; label: string; by: string; pem: string | undefined },
): { row: IdentityKeyRow; secret: string | null } {
  const { scope, label, by, pem } = input;
  const id = services.id('ik');
  const made = { id, label, createdAt: services.clock.now(), createdBy: by, revokedAt: null, ...scopeColumns(scope) };
  if (pem !== undefined && pem !== '') {
    const { algorithm, spki } = readPublicKey(pem);
    return { row: { ...made, algorithm, material: spki }, secret: null };
  }
  const secret = services.token();
  return { row: { ...made, algorithm: 'HS256', material: services.seal(secret, sealContext({ id, ...scope })) }, secret };
}

async function readSettings(tx: Tx, scope: Scope) {
  const [settings] = await tx.get(identitySettings, [scopeColumns(scope)]);
  return { settings, rows: await tx.list(identityKeys, { where: scopeColumns(scope), orderBy: ['createdAt', 'id'] }) };
}

function lockOf({ environment }: Scope): string {
  return `identity:${environment}`;
}

function works({ revokedAt }: IdentityKeyRow): boolean {
  return revokedAt === null;
}

function note(
  tx: Tx,
  { id, clock }: Services,
  { scope, caller, action, object }: { scope: Scope; caller: Caller; action: string; object: string },
): Promise<void> {
  return noteDeed(tx, { workspace: scope.workspace, actor: emailOf(caller), action, object, id: id('au'), at: clock.now() });
}

function shown({ id, label, algorithm, createdAt, createdBy, revokedAt }: IdentityKeyRow): IdentityKey {
  return { id, label, algorithm, createdAt, createdBy, revokedAt };
}
