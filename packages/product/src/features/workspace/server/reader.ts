import type { Scope } from '../../../kernel/scope.ts';
import type { Db } from '../../../ports/db/db.ts';
import { type EnvironmentRow, environments, keys, type WorkspaceRow, workspaces } from './tables.ts';

/** What a write key or a secret key opens. */
export interface KeyHolder {
  readonly scope: Scope;
  readonly kind: 'public' | 'secret';
}

/** The environment of a key, by the hash of it; undefined for an unknown or a revoked one. */
export async function findKey(db: Db, hash: string): Promise<KeyHolder | undefined> {
  const rows = await db.transaction({ as: 'system' }, (tx) => tx.list(keys, { where: { hash }, limit: 2 }));
  const row = rows.find((key) => key.revokedAt === null);
  return row && { scope: { workspace: row.workspace, environment: row.environment }, kind: row.kind };
}

/** The environments of a workspace, production first. */
export async function listEnvironments(db: Db, workspace: string): Promise<EnvironmentRow[]> {
  const rows = await db.transaction({ as: 'system' }, (tx) =>
    tx.list(environments, { where: { workspace }, orderBy: ['createdAt', 'id'] }),
  );
  return rows.sort((a, b) => Number(b.kind === 'production') - Number(a.kind === 'production'));
}

/** An environment by its id, which is unique in the installation. */
export async function findEnvironment(db: Db, id: string): Promise<EnvironmentRow | undefined> {
  const [row] = await db.transaction({ as: 'system' }, (tx) => tx.list(environments, { where: { id }, limit: 1 }));
  return row;
}

export async function findWorkspace(db: Db, workspace: string): Promise<WorkspaceRow | undefined> {
  const [row] = await db.transaction({ as: 'system' }, (tx) => tx.get(workspaces, [{ workspace }]));
  return row;
}
