import { z } from 'zod';
import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { drafts } from '../../../pipeline/tables.ts';
import { type Route, route, type Services } from '../../../ports/http/route.ts';
import { queryInstant, querySpan } from '../../../wire/instant.ts';
import { liveMilestones } from '../../milestones/server/reader.ts';
import { activationAnswer, kindsAnswer, propertiesAnswer, queueAnswer } from '../contract.ts';
import { withKind } from '../report-kind.ts';
import { checkRange } from './check-range.ts';
import { lifecycleReport, stickinessReport } from './kinds/activity-reports.ts';
import { funnelReport } from './kinds/funnel-report.ts';
import { pathsReport } from './kinds/paths-report.ts';
import { retentionReport } from './kinds/retention-report.ts';
import { trendReport } from './kinds/trend-report.ts';
import { valueReport } from './kinds/value-report.ts';
import { activation } from './queries/activation.ts';
import { propertySample } from './queries/property-sample.ts';
import { reportRoutes as routesOf } from './report-routes.ts';

const day = 86_400_000;
/** Events of which a picker's properties are told. */
const rowsSampled = 500;

const activationFormula =
  'Of the people whose first event lies in the range and whose window has fully passed, the share that reached the milestone within the window.';

/** Every kind of report, the activation rate, and what their screens need besides. */
export const reportRoutes: Route[] = [
  ...routesOf(funnelReport),
  ...routesOf(retentionReport),
  ...routesOf(lifecycleReport),
  ...routesOf(stickinessReport),
  ...routesOf(trendReport),
  ...routesOf(pathsReport),
  ...routesOf(valueReport),
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
  route({
    method: 'GET',
    path: '/api/e/:environment/reports/queue',
    access: 'owner',
    answer: queueAnswer,
    handle: async (_, { warehouse }) => warehouse.load(),
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/reports/kinds',
    access: 'owner',
    answer: kindsAnswer,
    handle: async ({ scope }, { db }) => {
      const where = { slice: 'reports', ...scopeColumns(scope) };
      const rows = await db.transaction({ as: 'request', scope }, (tx) => tx.list(drafts, { where }));
      return { kinds: Object.fromEntries(rows.map((row) => [row.definition, (withKind(row.body) as { kind: string }).kind])) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/reports/properties',
    access: 'owner',
    query: z.object({ event: z.string().max(200).default('') }),
    answer: propertiesAnswer,
    handle: async ({ scope, query, asker }, { warehouse }) => {
      const uses = await warehouse.run(propertySample, { scope: scopeKey(scope), event: query.event, rows: rowsSampled }, { asker });
      return { properties: uses.map(({ name, values }) => ({ name, values: [...values] })) };
    },
  }),
];

async function activationFor(
  { db, warehouse, clock }: Services,
  scope: Scope,
  query: { from?: number | undefined; to?: number | undefined; within: number },
) {
  const asOf = clock.now();
  const { within, from = asOf - 90 * day, to = asOf } = query;
  checkRange({ from, to });
  const found = [...(await liveMilestones(db, scope))].find(([, body]) => body.role === 'activation');
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
