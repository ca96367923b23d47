import type { Scope } from '../../../kernel/scope.ts';
import { draftFacts } from '../../../pipeline/draft-facts.ts';
import { liveNames } from '../../../pipeline/live-names.ts';
import type { Registries, Registry } from '../../../pipeline/registry.ts';
import { type Route, route, type Services } from '../../../ports/http/route.ts';
import { labelOf, requirePerson } from '../../people/server/reader.ts';
import { membersAnswer, membershipAnswer, membersRequest, segmentReachAnswer, segmentReachRequest } from '../contract.ts';
import type { Segment } from '../segment.ts';
import { explainMembership } from './explain-membership.ts';
import { findMembers } from './find-members.ts';

/**
 * Drafts, versions and publishing come with the definitions that every author has. Reach and explanation are
 * answered here, under the addresses of the general ones: nothing of a segment runs on the path of an event, so
 * the pipeline has no rule of it to ask.
 */
export function segmentRoutes(registries: Registries): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/e/:environment/segments/members',
      access: 'owner',
      body: membersRequest,
      answer: membersAnswer,
      handle: async ({ scope, body, asker }, services) => {
        const rule = (await registryOf(registries, services, scope)).inline(body.rule);
        const { people, total, of } = await findMembers(services, scope, { rule, now: services.clock.now(), asker });
        return { people: people.map((row) => ({ id: row.id, label: labelOf(row), lastSeen: row.lastSeen })), total, of };
      },
    }),
    route({
      method: 'POST',
      path: '/api/e/:environment/definitions/segments/:id/reach',
      access: 'owner',
      body: segmentReachRequest,
      answer: segmentReachAnswer,
      handle: async ({ scope, body, asker }, services) => {
        const rule = (await registryOf(registries, services, scope)).inline(body.body.rule);
        const { total, of } = await findMembers(services, scope, { rule, now: services.clock.now(), asker });
        return { people: total, total: of };
      },
    }),
    route({
      method: 'GET',
      path: '/api/e/:environment/explain/segments/:id/:person',
      access: 'owner',
      answer: membershipAnswer,
      handle: async ({ scope, params }, services) => {
        const { id = '', person = '' } = params;
        const found = await requirePerson(services.db, scope, person);
        const registry = await registryOf(registries, services, scope);
        const definition = registry.definitions.find((each) => each.slice === 'segments' && each.id === id);
        const rule = definition && registry.inline((definition.body as unknown as Segment).rule);
        const [facts] = rule ? await draftFacts(services, scope, { rows: [found], rule }) : [undefined];
        return explainMembership({ version: definition?.version, rule, facts, now: services.clock.now(), names: liveNames(registry) });
      },
    }),
  ];
}

function registryOf(registries: Registries, { db }: Services, scope: Scope): Promise<Registry> {
  return db.transaction({ as: 'request', scope }, (tx) => registries.get(tx, scope));
}
