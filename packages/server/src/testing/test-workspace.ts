import { generateKeyPairSync } from 'node:crypto';
import { createSignInLink, openSession } from '@gangway/product/features/workspace/server/sessions.ts';
import {
  type EnvironmentRow,
  environments,
  keys,
  type UserRow,
  users,
  workspaces,
} from '@gangway/product/features/workspace/server/tables.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';

/** A workspace with one environment and a signed-in owner: another customer of the same installation. */
export interface TestWorkspace {
  readonly scope: Scope;
  readonly writeKey: string;
  readonly owner: UserRow;
  /** The owner's cookie header. */
  readonly cookie: string;
}

/** The cookie header of a freshly signed-in user. */
export async function signIn(services: Services, user: UserRow): Promise<string> {
  return `gangway_session=${await openSession(services, await createSignInLink(services, user))}`;
}

/** Makes a second workspace, which an installation of one owner never has: for tests of tenancy. */
export async function addWorkspace(services: Services, name: string): Promise<TestWorkspace> {
  const workspace = services.id('ws');
  const now = services.clock.now();
  const owner: UserRow = { workspace, id: services.id('us'), email: `owner@${name}.example`, name, createdAt: now };
  const environment = makeEnvironment(services, workspace, now);
  await services.db.transaction({ as: 'system' }, async (tx) => {
    await tx.put(workspaces, [{ workspace, name, timezone: 'UTC', createdAt: now }]);
    await tx.put(users, [owner]);
    await tx.put(environments, [environment]);
    const hash = services.digest(environment.writeKey);
    const key = { workspace, environment: environment.id, id: services.id('key'), kind: 'public' as const, label: 'Write key' };
    await tx.put(keys, [{ ...key, prefix: environment.writeKey, hash, createdAt: now, revokedAt: null }]);
  });
  return {
    scope: { workspace, environment: environment.id },
    writeKey: environment.writeKey,
    owner,
    cookie: await signIn(services, owner),
  };
}

function makeEnvironment(services: Services, workspace: string, createdAt: number): EnvironmentRow {
  const id = services.id('prod');
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return {
    workspace,
    id,
    name: 'Production',
    kind: 'production',
    writeKey: `pk_${services.token().slice(0, 24)}`,
    publicKey: pair.publicKey.toString('base64'),
    privateKey: services.seal(pair.privateKey.toString('base64'), `environment/${id}/manifest`),
    createdAt,
  };
}
