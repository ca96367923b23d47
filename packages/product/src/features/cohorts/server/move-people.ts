import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { type Command, commands } from '../../../pipeline/command.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { identities, live, people } from '../../../pipeline/tables.ts';
import type { Tx } from '../../../ports/db/db.ts';
import { cohortCommands } from '../cohort.ts';
import type { CohortPeopleAnswer, CohortPeopleRequest } from '../contract.ts';

interface Given {
  readonly scope: Scope;
  readonly cohort: string;
  readonly actor: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Writes the commands that put people on a list and take them off it; whoever is in both comes off. Answers with the
 * ids of their entries too, for whoever waits until they are applied.
 * @throws {Problem} `not_found` for a list that is not there or not published
 */
export async function movePeople(
  tx: Tx,
  given: Given,
  request: CohortPeopleRequest,
): Promise<{ readonly entries: string[]; readonly answer: CohortPeopleAnswer }> {
  const { scope, cohort, now } = given;
  const [row] = await tx.get(live, [{ slice: 'cohorts', definition: cohort, ...scopeColumns(scope) }]);
  if (!row) throw new Problem('not_found', 404, 'There is no such list, or it is not published. Nobody was moved.');
  const byUserId = await peopleOfUsers(tx, scope, [...request.add, ...request.remove]);
  const known = await knownPeople(tx, scope, [...request.addPeople, ...request.removePeople]);
  const unknown = new Set<string>();
  const found = (userIds: readonly string[], ids: readonly string[]) => {
    const persons = new Set<string>();
    for (const userId of userIds) {
      const person = byUserId.get(userId);
      if (person === undefined) unknown.add(userId);
      else persons.add(person);
    }
    for (const id of ids) (known.has(id) ? persons : unknown).add(id);
    return [...persons];
  };
  const added = found(request.add, request.addPeople);
  const removed = found(request.remove, request.removePeople);
  const moves = [
    ...added.map((id) => move(given, cohortCommands.added, id)),
    ...removed.map((id) => move(given, cohortCommands.removed, id)),
  ];
  const entries = await commands(tx, moves, now);
  return { entries, answer: { added: added.length, removed: removed.length, unknown: [...unknown] } };
}

/** User id → person id. */
async function peopleOfUsers(tx: Tx, scope: Scope, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(userIds)].map((value) => ({ kind: 'user' as const, value, ...scopeColumns(scope) }));
  return new Map((await tx.get(identities, keys)).map(({ value, person }) => [value, person]));
}

async function knownPeople(tx: Tx, scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = [...new Set(ids)].map((id) => ({ id, ...scopeColumns(scope) }));
  const rows = await tx.get(people, keys);
  return new Set(rows.filter(({ mergedInto }) => mergedInto === null).map(({ id }) => id));
}

function move({ scope, cohort, actor, requestId }: Given, name: string, id: string): Omit<Command, 'now'> {
  const subject = { kind: 'person', id } as const;
  return { scope, id: `cohort:${cohort}:${name}:${id}:${requestId}`, slice: 'cohorts', name, subject, actor, payload: { cohort } };
}
