import type { Entry } from '../../../kernel/entry.ts';
import type { LinkKey } from '../../../kernel/link-key.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { toOutbox } from '../../../pipeline/outbox.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { isShadow } from '../../../pipeline/shadow.ts';
import { identities, outbox, type PersonRow } from '../../../pipeline/tables.ts';
import type { Services } from '../../../ports/http/route.ts';
import { requirePerson } from '../../people/server/reader.ts';

/** Who is to become whom, by person ids, and who says so. */
export interface MergeWish {
  readonly from: string;
  readonly into: string;
  readonly actor: string;
}

/**
 * Joins two persons for good, also two identified users: what no event can do. Resolves when it is applied, to the
 * person who is left. Throws a Problem for one who is not there, a shadow, or twice the same.
 */
export async function mergeTwo(services: Services, scope: Scope, { from, into, actor }: MergeWish): Promise<PersonRow> {
  const { db, clock, signal, id } = services;
  const [one, other] = [await mergeable(services, scope, from), await mergeable(services, scope, into)];
  if (one.id === other.id) throw new Problem('same_person', 409, 'These are one person already. Nothing was changed.');
  const columns = scopeColumns(scope);
  const entry = await db.transaction({ as: 'request', scope }, async (tx) => {
    const links = [
      ...(await tx.list(identities, { where: { person: one.id, ...columns } })),
      ...(await tx.list(identities, { where: { person: other.id, ...columns } })),
    ].map(({ kind, value }): LinkKey => `${kind}:${value}`);
    const made: Entry = {
      id: `merge:${id('m')}`,
      scope,
      origin: 'source',
      depth: 0,
      body: { what: 'merge', from: one.id, into: other.id, links, actor },
    };
    await tx.insertNew(outbox, toOutbox([made], clock.now()));
    const deed = { workspace: scope.workspace, actor, action: 'people.merged', object: `${one.id} into ${other.id}` };
    await noteDeed(tx, { ...deed, id: id('au'), at: clock.now() });
    return made.id;
  });
  signal.publish('outbox', {});
  await services.applied(scope, entry);
  return other;
}

async function mergeable({ db }: Services, scope: Scope, id: string): Promise<PersonRow> {
  const row = await requirePerson(db, scope, id);
  if (isShadow(row))
    throw new Problem(
      'shadow_person',
      409,
      'This person is a claim that was never proved. Joined with somebody, whoever claims the id next would be believed. Nothing was changed.',
    );
  return row;
}

/** The person behind a user id. */
export async function personOfUser({ db }: Services, scope: Scope, userId: string): Promise<string> {
  const [link] = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.get(identities, [{ kind: 'user', value: userId, ...scopeColumns(scope) }]),
  );
  if (!link) throw new Problem('not_found', 404, `There is no user “${userId}” in this environment. Nothing was changed.`);
  return link.person;
}
