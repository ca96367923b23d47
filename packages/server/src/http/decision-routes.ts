import { requirePerson } from '@gangway/product/features/people/server/reader.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { drafts } from '@gangway/product/pipeline/tables.ts';
import { type Route, route } from '@gangway/product/ports/http/route.ts';
import { type DecisionTransition, decisionCountsAnswer, personDecisionsAnswer } from '@gangway/product/wire/decision.ts';
import { decisions } from '../decisions/tables.ts';

/** What was decided, also about what was not shown: of a person over time, and of a content over everybody. */
export const decisionRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/e/:environment/people/:id/decisions',
    access: 'owner',
    answer: personDecisionsAnswer,
    handle: async ({ scope, params }, { db }) => {
      const person = await requirePerson(db, scope, params.id ?? '');
      const { rows, bodies } = await db.transaction({ as: 'request', scope }, async (tx) => {
        const found = await tx.list(decisions, { where: { person: person.id, ...scopeColumns(scope) }, orderBy: ['at'], descending: true });
        const keys = found.map(({ slice, definition }) => ({ slice, definition, ...scopeColumns(scope) }));
        return { rows: found, bodies: keys.length === 0 ? [] : await tx.get(drafts, keys) };
      });
      const names = new Map(bodies.map((row) => [`${row.slice}/${row.definition}`, (row.body as { readonly name?: string }).name]));
      return {
        contents: rows.map(({ slice, definition, history }) => ({
          ...{ slice, id: definition, name: names.get(`${slice}/${definition}`) ?? definition },
          changes: history as unknown as DecisionTransition[],
        })),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/e/:environment/definitions/:slice/:id/decisions',
    access: 'owner',
    answer: decisionCountsAnswer,
    handle: async ({ scope, params }, { sql, clock }) => {
      const rows = await sql.read<{ verdict: keyof typeof none; count: number; exposed: number }>(
        scope,
        `select verdict, count(*)::int as count, count(withheld_at)::int as exposed from decisions
         where workspace = $1 and environment = $2 and slice = $3 and definition = $4 group by verdict`,
        [scope.workspace, scope.environment, params.slice ?? '', params.id ?? ''],
      );
      const counts = { ...none, ...Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count])) };
      return { counts, exposed: rows.reduce((sum, { exposed }) => sum + exposed, 0), asOf: clock.now() };
    },
  }),
];

const none = { shown: 0, page: 0, blocked: 0, withheld: 0, not_in_audience: 0, unknown: 0 };
