import type { LinkKey } from '../../../kernel/link-key.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { Services } from '../../../ports/http/route.ts';
import { labelOf, requirePerson } from '../../people/server/reader.ts';
import type { ErasureAnswer, ErasureResult } from '../contract.ts';
import { tombstoneHash, tombstoneLock } from './doors.ts';
import { type ErasureRow, erasures, type TombstoneRow, tombstones } from './tables.ts';
import { type Trace, traceOf } from './trace.ts';

/** What the ids to look for are sealed to. */
export function workContext({ environment, id }: Pick<ErasureRow, 'environment' | 'id'>): string {
  return `environment/${environment}/erasure/${id}`;
}

/**
 * Asks for a person to be deleted: from here on their ids are refused at the door, and the runner takes them out of
 * everything that is stored. Throws a Problem when there is no such person, the confirmation is not how they are
 * called, or the log of this installation cannot be changed.
 */
export async function askErasure(
  services: Services,
  scope: Scope,
  { id, confirm, by }: { id: string; confirm: string; by: string },
): Promise<ErasureRow> {
  const { db, clock, log } = services;
  const person = await requirePerson(db, scope, id);
  if (confirm !== labelOf(person))
    throw new Problem('not_confirmed', 400, `Type “${labelOf(person)}” to delete this person. Nothing was changed.`);
  if (!log.replace)
    throw new Problem(
      'log_cannot_forget',
      409,
      'The event log of this installation is NATS JetStream, whose messages cannot be rewritten: the person would come back with the next replay. Nothing was changed.',
    );
  const now = clock.now();
  const row: ErasureRow = {
    ...scopeColumns(scope),
    id: services.id('er'),
    person: person.id,
    state: 'closing',
    step: 'waiting',
    progress: 0,
    total: 0,
    requestedAt: now,
    requestedBy: by,
    finishedAt: null,
    work: null,
    result: null,
    error: null,
    worker: null,
    leaseUntil: 0,
    sums: null,
  };
  const asked = await db.transaction({ as: 'request', scope }, async (tx) => {
    const trace = await traceOf(tx, scope, person);
    await tx.lock([tombstoneLock(scope)]);
    const [last] = await tx.list(tombstones, { where: scopeColumns(scope), orderBy: ['number'], descending: true, limit: 1 });
    await tx.insertNew(tombstones, tombstonesOf(services, row, { trace, number: (last?.number ?? 0) + 1 }));
    const sealed = { ...row, work: services.seal(JSON.stringify(trace), workContext(row)) };
    await tx.put(erasures, [sealed]);
    await noteDeed(tx, {
      workspace: scope.workspace,
      actor: by,
      action: 'person.erased',
      object: person.id,
      id: services.id('au'),
      at: now,
    });
    return sealed;
  });
  services.forgetDoor(scope);
  return asked;
}

/** A user id is refused however it comes: proved, or claimed. */
function tombstonesOf(services: Services, row: ErasureRow, { trace, number }: { trace: Trace; number: number }): TombstoneRow[] {
  const scope = scopeColumns(row);
  const hashes = new Set(
    trace.links
      // A shadow's id is somebody else's: deleting the claim must not shut out the user.
      .filter((link) => !link.startsWith('claimed:'))
      .map((link: LinkKey) => tombstoneHash(services, scope, link)),
  );
  return [...hashes].map((hash) => ({ hash, erasure: row.id, at: row.requestedAt, refused: 0, number, ...scope }));
}

/** Deletions of an environment, newest first. */
export async function listErasures({ db, sql }: Services, scope: Scope): Promise<ErasureAnswer[]> {
  const selection = { where: scopeColumns(scope), orderBy: ['requestedAt'], descending: true, limit: 100 } as const;
  const rows = await db.transaction({ as: 'request', scope }, (tx) => tx.list(erasures, selection));
  const late = await sql.read<{ erasure: string; refused: number }>(
    scope,
    `select erasure, sum(refused)::float8 as refused from tombstones
     where workspace = $1 and environment = $2 and erasure = any($3) group by 1`,
    [scope.workspace, scope.environment, rows.map(({ id }) => id)],
  );
  const lateOf = new Map(late.map(({ erasure, refused }) => [erasure, refused]));
  return rows.map((row) => shown(row, lateOf.get(row.id) ?? 0));
}

/** A deletion as screens show it. @param late events of their ids that came afterwards and were refused */
export function shown(row: ErasureRow, late: number): ErasureAnswer {
  const { id, person, state, step, progress, total, requestedAt, requestedBy, finishedAt, error } = row;
  const result = row.result as ErasureResult | null;
  return { id, person, state, step, progress, total, requestedAt, requestedBy, finishedAt, error, result, late };
}
