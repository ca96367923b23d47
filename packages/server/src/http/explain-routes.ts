import { explainAnswer } from '@gangway/product/features/people/contract.ts';
import { requirePerson } from '@gangway/product/features/people/server/reader.ts';
import { explain } from '@gangway/product/pipeline/explain.ts';
import { type Registries, scopeColumns } from '@gangway/product/pipeline/registry.ts';
import type { PersonDoc } from '@gangway/product/pipeline/subject-doc.ts';
import { standings } from '@gangway/product/pipeline/tables.ts';
import { type Route, route } from '@gangway/product/ports/http/route.ts';

/** “Why does this person (not) see it?”: the decision itself, run again and told. */
export function explainRoutes(registries: Registries): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/e/:environment/explain/:slice/:id/:person',
      access: 'owner',
      answer: explainAnswer,
      handle: async ({ scope, params }, { db, clock }) => {
        const { slice = '', id = '', person = '' } = params;
        const found = await requirePerson(db, scope, person);
        const { registry, steps } = await db.transaction({ as: 'request', scope }, async (tx) => ({
          registry: await registries.get(tx, scope),
          steps: await tx.get(standings, [{ slice, definition: id, subject: `person:${found.id}`, ...scopeColumns(scope) }]),
        }));
        const explanation = explain(registry, { scope, slice, id, doc: found.doc, person: found.id, now: clock.now() });
        return {
          ...explanation,
          conditions: [...explanation.conditions],
          history: [...steps, ...reached(found.doc, { slice, id })].map(({ status, at }) => ({ text: words[status] ?? status, at })),
        };
      },
    }),
  ];
}

/** A milestone is noted in the document alone. */
function reached({ milestones }: PersonDoc, { slice, id }: { slice: string; id: string }): { status: string; at: number }[] {
  const at = slice === 'milestones' ? milestones.at(id) : undefined;
  return at === undefined ? [] : [{ status: 'reached', at }];
}

const words: Readonly<Record<string, string>> = {
  shown: 'It was shown',
  completed: 'It was completed',
  dismissed: 'It was dismissed',
  in_progress: 'The last item was ticked',
  reached: 'The milestone was reached',
};
