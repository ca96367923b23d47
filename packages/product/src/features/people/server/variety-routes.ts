import type { Scope } from '../../../kernel/scope.ts';
import { noteDeed } from '../../../pipeline/audit.ts';
import { listedWords } from '../../../pipeline/capped-words.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { counters } from '../../../pipeline/tables.ts';
import type { VarietyCaps } from '../../../pipeline/variety.ts';
import { readVarietyCaps } from '../../../pipeline/variety-gate.ts';
import { cappedWords, varietyCaps } from '../../../pipeline/variety-tables.ts';
import { emailOf, type Route, route, type Services } from '../../../ports/http/route.ts';
import { type VarietyAnswer, varietyAnswer, varietyCapsRequest } from '../contract.ts';

/** How many different names, keys and people there are, may be, and were too many. */
export const varietyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/e/:environment/variety',
    access: 'owner',
    answer: varietyAnswer,
    handle: ({ scope }, services) => readVariety(services, scope),
  }),
  route({
    method: 'PUT',
    path: '/api/e/:environment/variety',
    access: 'owner',
    body: varietyCapsRequest,
    answer: varietyAnswer,
    handle: async ({ scope, body, caller }, services) => {
      await saveCaps(services, scope, { caps: body, actor: emailOf(caller) });
      return readVariety(services, scope);
    },
  }),
];

/** What was learned above a lower cap stays known: events that are named somewhere must not change their name. */
async function saveCaps({ db, id, clock }: Services, scope: Scope, { caps, actor }: { caps: VarietyCaps; actor: string }): Promise<void> {
  const object = `${caps.eventNames} names, ${caps.propertiesPerEvent} keys an event, ${caps.people} people`;
  await db.transaction({ as: 'request', scope }, async (tx) => {
    await tx.put(varietyCaps, [{ ...scopeColumns(scope), ...caps }]);
    await noteDeed(tx, { workspace: scope.workspace, actor, action: 'variety.capped', object, id: id('au'), at: clock.now() });
  });
}

async function readVariety({ db, sql }: Services, scope: Scope): Promise<VarietyAnswer> {
  const columns = scopeColumns(scope);
  const stored = await db.transaction({ as: 'request', scope }, async (tx) => ({
    caps: await readVarietyCaps(tx, scope),
    capped: await tx.list(cappedWords, { where: columns, orderBy: ['count'], descending: true, limit: listedWords + 10 }),
    people: (await tx.get(counters, [{ name: 'people', ...columns }]))[0]?.value ?? 0,
  }));
  // The event names lie under no name; after them the event with the most keys.
  const sizes = await sql.read<{ of: string; size: number }>(
    scope,
    `select "of", json_array_length(words)::int as size from vocabularies where workspace = $1 and environment = $2
     order by ("of" = '') desc, size desc, "of" limit 2`,
    [scope.workspace, scope.environment],
  );
  const fullest = sizes.find(({ of }) => of !== '');
  return {
    caps: stored.caps,
    used: {
      eventNames: sizes.find(({ of }) => of === '')?.size ?? 0,
      people: stored.people,
      properties: fullest ? { event: fullest.of, keys: fullest.size } : null,
    },
    capped: stored.capped.map(({ kind, of, word, count, firstAt, lastAt }) => ({ kind, of, word, count, firstAt, lastAt })),
  };
}
