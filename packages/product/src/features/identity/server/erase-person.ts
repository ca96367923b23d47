import type { LinkKey } from '../../../kernel/link-key.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import type { Services } from '../../../ports/http/route.ts';
import { labelOf, requirePerson } from '../../people/server/reader.ts';
import type { ErasureAnswer, ErasureResult } from '../contract.ts';
import { tombstoneHash } from './doors.ts';
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
  };
  const asked = await db.transaction({ as: 'request', scope }, async (tx) => {
    const trace = await traceOf(tx, scope, person);
    await tx.insertNew(tombstones, tombstonesOf(services, row, trace));
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
function tombstonesOf(services: Services, { workspace, environment, id, requestedAt }: ErasureRow, { links }: Trace): TombstoneRow[] {
  const scope = { workspace, environment };
  const hashes = new Set(
    links
      // A shadow's id is somebody else's: deleting the claim must not shut out the user.
      .filter((link) => !link.startsWith('claimed:'))
      .map((link: LinkKey) => tombstoneHash(services, scope, link)),
  );
  return [...hashes].map((hash) => ({ ...scope, hash, erasure: id, at: requestedAt, refused: 0 }));
}

/** Deletions of an environment, newest first. */
export async function listErasures({ db }: Services, scope: Scope): Promise<ErasureAnswer[]> {
  const where = scopeColumns(scope);
  const [rows, stones] = await db.transaction({ as: 'request', scope }, async (tx) => [
    await tx.list(erasures, { where, orderBy: ['requestedAt'], descending: true, limit: 100 }),
    await tx.list(tombstones, { where }),
  ]);
  return rows.map((row) => shown(row, stones));
}

/** A deletion as screens show it. */
export function shown(row: ErasureRow, stones: readonly TombstoneRow[]): ErasureAnswer {
  const { id, person, state, step, progress, total, requestedAt, requestedBy, finishedAt, error } = row;
  const late = stones.filter(({ erasure }) => erasure === id).reduce((sum, { refused }) => sum + refused, 0);
  const result = row.result as ErasureResult | null;
  return { id, person, state, step, progress, total, requestedAt, requestedBy, finishedAt, error, result, late };
}
