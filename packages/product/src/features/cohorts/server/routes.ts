import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { command } from '../../../pipeline/command.ts';
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
      const given = { cohort: params.id ?? '', actor: emailOf(caller), requestId, now: services.clock.now() };
      const outcome = await services.db.transaction({ as: 'request', scope }, async (tx) => {
        await refuseUnpublished(tx, scope, given.cohort);
        const people = await peopleOf(tx, scope, [...body.add, ...body.remove]);
        const added = await give(tx, scope, { ...given, name: cohortCommands.added, people: known(people, body.add) });
        const removed = await give(tx, scope, { ...given, name: cohortCommands.removed, people: known(people, body.remove) });
        const unknown = [...new Set([...body.add, ...body.remove])].filter((id) => !people.has(id));
        return { last: removed.last ?? added.last, answer: { added: added.count, removed: removed.count, unknown } };
      });
      services.signal.publish('outbox', {});
      if (outcome.last) await services.applied(scope, outcome.last);
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
  readonly cohort: string;
  readonly name: string;
  readonly people: readonly string[];
  readonly actor: string;
  readonly requestId: string;
  readonly now: number;
}

async function give(tx: Tx, scope: Scope, given: Given): Promise<{ count: number; last: string | undefined }> {
  const { cohort, name, people, actor, requestId, now } = given;
  let last: string | undefined;
  for (const id of people) {
    last = await command(tx, {
      scope,
      id: `cohort:${cohort}:${name}:${id}:${requestId}`,
      slice: 'cohorts',
      name,
      subject: { kind: 'person', id },
      actor,
      payload: { cohort },
      now,
    });
  }
  return { count: people.length, last };
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
