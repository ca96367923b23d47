import { generateKeyPairSync } from 'node:crypto';
import type { Services } from '../../../ports/http/route.ts';
import { type EnvironmentRow, environments, type KeyTableRow, keys, type UserRow, users, workspaces } from './tables.ts';

/** What a start needs to know of the installation. */
export interface Installation {
  readonly owner: UserRow;
  readonly environments: readonly EnvironmentRow[];
  /** True when this start made it. */
  readonly fresh: boolean;
}

const plan = [
  { name: 'Production', kind: 'production' },
  { name: 'Demo', kind: 'demo' },
] as const;

/** Makes the workspace, its owner, its environments and their keys, once. */
export async function prepareInstallation(
  services: Services,
  owner: { email: string; name: string; timezone: string; workspace?: string },
): Promise<Installation> {
  const { db, clock } = services;
  return db.transaction({ as: 'system' }, async (tx) => {
    await tx.lock(['installation']);
    const [known] = await tx.list(users, { orderBy: ['createdAt'], limit: 1 });
    if (known)
      return {
        owner: known,
        environments: await tx.list(environments, { where: { workspace: known.workspace }, orderBy: ['createdAt', 'id'] }),
        fresh: false,
      };
    const now = clock.now();
    const workspace = services.id('ws');
    const user: UserRow = { workspace, id: services.id('us'), email: owner.email.toLowerCase(), name: owner.name, createdAt: now };
    await tx.put(workspaces, [{ workspace, name: owner.workspace ?? 'My workspace', timezone: owner.timezone, createdAt: now }]);
    await tx.put(users, [user]);
    const made = plan.map((each, index) => makeEnvironment(services, { workspace, ...each, createdAt: now + index }));
    await tx.put(environments, made);
    await tx.put(
      keys,
      made.map((environment) => publicKey(services, environment)),
    );
    return { owner: user, environments: made, fresh: true };
  });
}

function makeEnvironment(services: Services, input: Pick<EnvironmentRow, 'workspace' | 'name' | 'kind' | 'createdAt'>): EnvironmentRow {
  const id = services.id(input.kind === 'production' ? 'prod' : input.kind);
  // P-256: what WebCrypto verifies in every browser.
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return {
    ...input,
    id,
    writeKey: `pk_${services.token().slice(0, 24)}`,
    publicKey: pair.publicKey.toString('base64'),
    privateKey: services.seal(pair.privateKey.toString('base64'), `environment/${id}/manifest`),
  };
}

function publicKey({ id, digest }: Services, environment: EnvironmentRow): KeyTableRow {
  return {
    workspace: environment.workspace,
    environment: environment.id,
    id: id('key'),
    kind: 'public',
    label: 'Write key',
    prefix: environment.writeKey,
    hash: digest(environment.writeKey),
    createdAt: environment.createdAt,
    revokedAt: null,
  };
}
