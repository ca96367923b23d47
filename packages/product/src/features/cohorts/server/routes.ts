import { Problem } from '../../../kernel/problem.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { kill } from '../../../pipeline/definitions.ts';
import { emailOf, type Route, route } from '../../../ports/http/route.ts';
import {
  cohortListAnswer,
  cohortListQuery,
  cohortPeopleAnswer,
  cohortPeopleRequest,
  type UserIdsAnswer,
  userIdsAnswer,
  userIdsQuery,
} from '../contract.ts';
import { listPeople } from './list-people.ts';
import { movePeople } from './move-people.ts';
import { readUserIds } from './read-user-ids.ts';
import { usesOfList } from './uses-of-list.ts';

const base = '/api/e/:environment/cohorts';
/** Some 200,000 ids. */
const fileBytes = 8 * 1024 ** 2;
/** Uses that a refusal names. */
const named = 3;

/** Who is on a fixed list, and changing it. The list itself is a definition like every author's thing. */
export const cohortRoutes: Route[] = [
  route({
    method: 'GET',
    path: `${base}/:id/people`,
    access: 'owner',
    query: cohortListQuery,
    answer: cohortListAnswer,
    handle: ({ scope, params, query }, { sql }) => listPeople(sql, scope, { ...query, id: params.id ?? '' }),
  }),
  route({
    method: 'POST',
    path: `${base}/:id/people`,
    access: 'owner',
    body: cohortPeopleRequest,
    answer: cohortPeopleAnswer,
    handle: async ({ scope, params, body, caller, requestId }, services) => {
      const given = { scope, cohort: params.id ?? '', actor: emailOf(caller), requestId, now: services.clock.now() };
      const { entries, answer } = await services.db.transaction({ as: 'request', scope }, (tx) => movePeople(tx, given, body));
      services.signal.publish('outbox', {});
      // Each person has an order of their own, so the last one written need not be the last one applied.
      await services.applied(scope, ...entries);
      return answer;
    },
  }),
  route({
    method: 'POST',
    path: `${base}/read-file`,
    access: 'owner',
    upload: { bytes: fileBytes },
    query: userIdsQuery,
    answer: userIdsAnswer,
    handle: ({ query, body }: { query: { column?: string | undefined }; body: unknown }): Promise<UserIdsAnswer> =>
      readUserIds(body instanceof Uint8Array ? body : new Uint8Array(), query.column),
  }),
  route({
    method: 'DELETE',
    path: `${base}/:id`,
    access: 'owner',
    handle: async ({ scope, params, caller }, services) => {
      const id = params.id ?? '';
      const author = { scope, slice: 'cohorts', id, by: emailOf(caller), now: services.clock.now() };
      const entry = await services.db.transaction({ as: 'request', scope }, async (tx) => {
        const uses = await usesOfList(tx, scope, { list: id, now: author.now });
        if (uses.length > 0) throw inUse(uses);
        await noteDeed(tx, {
          workspace: scope.workspace,
          actor: author.by,
          action: 'cohorts.deleted',
          object: id,
          id: services.id('au'),
          at: author.now,
        });
        return (await kill(tx, author)).entry;
      });
      services.signal.publish('outbox', {});
      await services.applied(scope, entry);
    },
  }),
];

/** Who is on a list that is gone would stay so for the rules that ask for it, and nobody could see or change that. */
function inUse(uses: readonly string[]): Problem {
  const more = uses.length > named ? ` and ${uses.length - named} more` : '';
  const names = uses.slice(0, named).map((name) => `“${name}”`);
  return new Problem('list_in_use', 409, `Not deleted: ${names.join(', ')}${more} asks for this list. Take that condition out first.`);
}
