import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { SliceDomain } from '@gangway/product/kernel/slice.ts';
import { draftFacts } from '@gangway/product/pipeline/draft-facts.ts';
import { buildRegistry, type Registries, scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { factsOf } from '@gangway/product/pipeline/subject-doc.ts';
import { accounts, people } from '@gangway/product/pipeline/tables.ts';
import { type Route, route, type Services } from '@gangway/product/ports/http/route.ts';
import type { Facts } from '@gangway/product/rules/facts.ts';
import { reduceForPage } from '@gangway/product/rules/reduce.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { z } from 'zod';
import { checkBody, sliceOf } from './definition-routes.ts';

/** Documents read at a time, and at most: beyond that the answer speaks of the ones that were read. */
const page = 500;
const maximum = 20_000;

/** How many a draft would concern, before it is published: by the very evaluator that will decide. */
export function reachRoutes(domains: readonly SliceDomain[], registries: Registries): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/e/:environment/definitions/:slice/:id/reach',
      access: 'owner',
      body: z.strictObject({ body: z.unknown() }),
      answer: z.object({ people: z.number(), total: z.number() }),
      handle: async ({ scope, params, body }, services) => {
        const { slice, schema } = sliceOf({ params });
        const draft = { slice, id: params.id ?? '', version: 0, body: checkBody(schema, body.body) };
        const live = await services.db.transaction({ as: 'request', scope }, (tx) => registries.get(tx, scope));
        // Beside what is live, for the segments that the draft uses.
        const others = live.definitions.filter((each) => each.slice !== slice || each.id !== draft.id);
        const registry = buildRegistry([...others, draft], domains);
        const matcher = registry.matcher(slice, draft.id);
        const surface = registry.surfaces.find(({ definition }) => definition === draft);
        const rule = matcher?.rule ?? surface?.audience.rule;
        if (!rule) throw new Problem('no_audience', 400, 'This has no audience to count.');
        return matcher?.subject === 'account' ? countAccounts(services, scope, rule) : countPeople(services, scope, rule);
      },
    }),
  ];
}

/** In the audience as far as the server knows: what only a page can answer counts as yes. */
function concerns(rule: Rule, facts: Facts, now: number): boolean {
  const left = reduceForPage(rule, facts, now).rule;
  return !(left.type === 'any' && left.of.length === 0) && !asksTrait(left);
}

/** A comparison of different kinds is left as a trait that no page can know. */
function asksTrait(rule: Rule): boolean {
  if (rule.type === 'trait') return true;
  if (rule.type === 'all') return rule.of.some(asksTrait);
  if (rule.type === 'at_least') return rule.of.filter(asksTrait).length > rule.of.length - rule.count;
  if (rule.type === 'any') return rule.of.length > 0 && rule.of.every(asksTrait);
  return rule.type === 'not' && asksTrait(rule.rule);
}

async function countPeople(services: Services, scope: Scope, rule: Rule) {
  const { db, clock } = services;
  const now = clock.now();
  let [total, inside, after] = [0, 0, ''];
  while (total < maximum) {
    const rows = await db.transaction({ as: 'request', scope }, (tx) =>
      tx.list(people, { where: scopeColumns(scope), orderBy: ['id'], after, limit: page }),
    );
    const known = rows.filter((row) => row.mergedInto === null);
    total += known.length;
    const facts = await draftFacts(services, scope, { rows: known, rule });
    inside += facts.filter((each) => each !== undefined && concerns(rule, each, now)).length;
    after = rows.at(-1)?.id ?? '';
    if (rows.length < page) break;
  }
  return { people: inside, total };
}

async function countAccounts({ db, clock }: Services, scope: Scope, rule: Rule) {
  const rows = await db.transaction({ as: 'request', scope }, (tx) =>
    tx.list(accounts, { where: scopeColumns(scope), orderBy: ['id'], limit: maximum }),
  );
  return { people: rows.filter((row) => concerns(rule, factsOf(row.doc), clock.now())).length, total: rows.length };
}
