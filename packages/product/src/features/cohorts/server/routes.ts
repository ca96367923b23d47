import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { type Command, commands } from '../../../pipeline/command.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { identities, live, standings } from '../../../pipeline/tables.ts';
import type { Tx } from '../../../ports/db/db.ts';
import { emailOf, type Route, route, type Services } from '../../../ports/http/route.ts';
import { labelPeople } from '../../people/server/reader.ts';
import { cohortCommands } from '../cohort.ts';
import { type CohortListAnswer, cohortListAnswer, cohortPeopleAnswer, cohortPeopleRequest } from '../contract.ts';

const page = 200;
const path = '/api/e/:environment/cohorts/:id/people';

/** Who is on a fixed list, and changing it. The list itself is a definition like every author's thing. */
export const cohortRoutes: Route[] = [
  route({
    method: 'GET',
    path,
    access: 'owner',
    query: z.object({ after: z.string().max(200).optional() }),
    answer: cohortListAnswer,
    handle: ({ scope, params, query }, services) => listPeople(services, scope, { id: params.id ?? '', after: query.after ?? '' }),
  }),
  route({
    method: 'POST',
    path,
    access: 'owner',
    body: cohortPeopleRequest,
    answer: cohortPeopleAnswer,
    handle: async ({ scope, params, body, caller, requestId }, services) => {
      const given = { scope, cohort: params.id ?? '', actor: emailOf(caller), requestId };
      const outcome = await services.db.transaction({ as: 'request', scope }, async (tx) => {
        await refuseUnpublished(tx, scope, given.cohort);
        const people = await peopleOf(tx, scope, [...body.add, ...body.remove]);
        const added = known(people, body.add).map((id) => move(given, cohortCommands.added, id));
        const removed = known(people, body.remove).map((id) => move(given, cohortCommands.removed, id));
        const entries = await commands(tx, [...added, ...removed], services.clock.now());
        const unknown = [...new Set([...body.add, ...body.remove])].filter((id) => !people.has(id));
        return { entries, answer: { added: added.length, removed: removed.length, unknown } };
      });
      services.signal.publish('outbox', {});
      // Each person has an order of their own, so the last one written need not be the last one applied.
      await services.applied(scope, ...outcome.entries);
      return outcome.answer;
    },
  }),
];

async function refuseUnpublished(tx: Tx, scope: Scope, definition: string): Promise<void> {
  const [row] = await tx.get(live, [{ ...scopeColumns(scope), slice: 'cohorts', definition }]);
  if (!row) throw new Problem('not_found', 404, 'There is no such list, or it is not published. Nobody was moved.');
}

/** User id → person id. */
async function peopleOf(tx: Tx, scope: Scope, userIds: readonly string[]): Promise<Map<string, string>> {
  const keys = [...new Set(userIds)].map((value) => ({ ...scopeColumns(scope), kind: 'user' as const, value }));
  return new Map((await tx.get(identities, keys)).map(({ value, person }) => [value, person]));
}

function known(people: ReadonlyMap<string, string>, userIds: readonly string[]): string[] {
  return [...new Set(userIds.flatMap((id) => people.get(id) ?? []))];
}

interface Given {
  readonly scope: Scope;
  readonly cohort: string;
  readonly actor: string;
  readonly requestId: string;
}

/** Puts a person on the list or takes them off it, by the name of the command. */
function move({ scope, cohort, actor, requestId }: Given, name: string, id: string): Omit<Command, 'now'> {
  const subject = { kind: 'person', id } as const;
  return { scope, id: `cohort:${cohort}:${name}:${id}:${requestId}`, slice: 'cohorts', name, subject, actor, payload: { cohort } };
}

async function listPeople({ db, sql }: Services, scope: Scope, input: { id: string; after: string }): Promise<CohortListAnswer> {
  const where = { ...scopeColumns(scope), slice: 'cohorts', definition: input.id };
  const rows = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.list(standings, { where, orderBy: ['subject'], after: input.after, limit: page }),
  );
  const on = rows.filter(({ status }) => status === 'on').map(({ subject, at }) => ({ id: subject.slice('person:'.length), since: at }));
  const labels = await labelPeople(
    sql,
    scope,
    on.map(({ id }) => id),
  );
  const people = on.map(({ id, since }) => ({ id, label: labels.get(id)?.label ?? id, since }));
  return { people, next: rows.length < page ? null : (rows.at(-1)?.subject ?? null) };
}
