import { z } from 'zod';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { live, versions } from '../../../pipeline/tables.ts';
import type { Db } from '../../../ports/db/db.ts';
import { type Route, route, type Services } from '../../../ports/http/route.ts';
import { queryInstant, querySpan } from '../../../wire/instant.ts';
import type { Milestone } from '../../milestones/index.ts';
import { labelNumbers } from '../../people/server/reader.ts';
import { activationAnswer, type FunnelAnswer, funnelAnswer, funnelPeopleAnswer, funnelPeopleRequest, funnelRequest } from '../contract.ts';
import type { FunnelResult, FunnelStep } from '../funnel.ts';
import { activation } from './queries/activation.ts';
import { funnelRows } from './queries/funnel-rows.ts';

const day = 86_400_000;
/** Rows behind a figure that one answer carries; the total is always told. */
const rowsShown = 500;

const funnelFormula =
  'People whose step 1 lies in the range; a later step counts when it follows in order within the window from step 1. Other events may lie between; who starts again counts with the best chain.';
const activationFormula =
  'Of the people whose first event lies in the range and whose window has fully passed, the share that reached the milestone within the window.';

/** Funnels and activation. */
export const reportRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/e/:environment/reports/funnel',
    access: 'owner',
    body: funnelRequest,
    answer: funnelAnswer,
    handle: async ({ scope, body }, services) => {
      const result = await services.warehouse.run(funnelRows, { scope: scopeKey(scope), ...body });
      return toFunnelAnswer(result, body.steps, { milestones: await milestones(services.db, scope), asOf: services.clock.now() });
    },
  }),
  route({
    method: 'POST',
    path: '/api/e/:environment/reports/funnel/people',
    access: 'owner',
    body: funnelPeopleRequest,
    answer: funnelPeopleAnswer,
    handle: async ({ scope, body }, { warehouse, sql }) => {
      const result = await warehouse.run(funnelRows, { scope: scopeKey(scope), ...body });
      // A bar counts everybody who came at least this far, so the rows behind it are theirs.
      const numbers = result.people.slice(body.step).flat();
      const labels = await labelNumbers(sql, scope, numbers.slice(0, rowsShown));
      return { people: numbers.slice(0, rowsShown).flatMap((number) => labels.get(number) ?? []), total: numbers.length };
    },
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/reports/activation',
    access: 'owner',
    query: z.object({
      from: queryInstant.optional(),
      to: queryInstant.optional(),
      within: querySpan.default(7 * day),
    }),
    answer: activationAnswer,
    handle: ({ scope, query }, services) => activationFor(services, scope, query),
  }),
];

function toFunnelAnswer(
  result: FunnelResult,
  steps: readonly FunnelStep[],
  input: { milestones: ReadonlyMap<string, Milestone>; asOf: number },
): FunnelAnswer {
  const first = result.reached[0] ?? 0;
  return {
    steps: steps.map((step, index) => {
      const people = result.reached[index] ?? 0;
      const previous = result.reached[index - 1];
      return {
        label: step.type === 'event' ? step.name : (input.milestones.get(step.id)?.name ?? step.id),
        people,
        ofFirst: ratio(people, first),
        ofPrevious: previous === undefined ? null : ratio(people, previous),
      };
    }),
    medianTime: result.medianTime,
    n: first,
    asOf: input.asOf,
    formula: funnelFormula,
  };
}

/** A ratio with denominator 0 is not 0 but nothing. */
function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

async function milestones(db: Db, scope: Scope): Promise<Map<string, Milestone>> {
  const columns = scopeColumns(scope);
  const rows = await db.transaction({ as: 'request', scope }, async (tx) => {
    const held = await tx.list(live, { where: { ...columns, slice: 'milestones' } });
    return tx.get(
      versions,
      held.map((row) => ({ ...columns, slice: row.slice, definition: row.definition, version: row.version })),
    );
  });
  return new Map(rows.map((row) => [row.definition, row.body as unknown as Milestone]));
}

async function activationFor(
  { db, warehouse, clock }: Services,
  scope: Scope,
  query: { from?: number | undefined; to?: number | undefined; within: number },
) {
  const asOf = clock.now();
  const { within, from = asOf - 90 * day, to = asOf } = query;
  const found = [...(await milestones(db, scope))].find(([, body]) => body.role === 'activation');
  const common = { within, asOf, formula: activationFormula };
  if (!found) return { ...common, milestone: null, rate: null, activated: 0, matured: 0, open: 0 };
  const [id, body] = found;
  const result = await warehouse.run(activation, { scope: scopeKey(scope), milestone: id, start: '', from, to, within, asOf });
  return {
    ...common,
    milestone: { id, name: body.name },
    rate: result.rate,
    activated: result.activated.length,
    matured: result.matured.length,
    open: result.open.length,
  };
}
