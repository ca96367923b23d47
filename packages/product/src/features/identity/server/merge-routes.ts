import { Problem } from '../../../kernel/problem.ts';
import { emailOf, type Route, route } from '../../../ports/http/route.ts';
import { requirePerson } from '../../people/server/reader.ts';
import { findKey } from '../../workspace/server/reader.ts';
import { mergedAnswer, mergePeopleRequest, mergesAnswer, mergeUsersRequest } from '../contract.ts';
import { mergeTwo, personOfUser } from './merge-people.ts';
import { listMerges } from './merges.ts';

/** Joining two identified users is for those in charge: an owner, or a back end with a secret key. An event never does it. */
export const mergeRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/e/:environment/people/:id/merges',
    access: 'owner',
    answer: mergesAnswer,
    handle: async ({ scope, params }, services) => {
      const person = await requirePerson(services.db, scope, params.id ?? '');
      return { merges: await listMerges(services, scope, person) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/e/:environment/people/:id/merge',
    access: 'owner',
    body: mergePeopleRequest,
    answer: mergedAnswer,
    handle: async ({ scope, params, body, caller }, services) => {
      const wish = { from: params.id ?? '', into: body.into, actor: emailOf(caller) };
      return { id: (await mergeTwo(services, scope, wish)).id };
    },
  }),
  route({
    method: 'POST',
    path: '/v1/merge',
    access: 'open',
    body: mergeUsersRequest,
    answer: mergedAnswer,
    handle: async ({ body: { writeKey, previousId, userId } }, services) => {
      const holder = await findKey(services.db, services.digest(writeKey));
      if (!holder) throw new Problem('unknown_key', 401, 'This key is not known, or was revoked. Nothing was changed.');
      if (holder.kind !== 'secret')
        throw new Problem(
          'secret_key_needed',
          403,
          'Two users are joined with a secret key only: a write key is in your pages. Nothing was changed.',
        );
      const { scope } = holder;
      const [from, into] = [await personOfUser(services, scope, previousId), await personOfUser(services, scope, userId)];
      return { id: (await mergeTwo(services, scope, { from, into, actor: 'secret key' })).id };
    },
  }),
];
