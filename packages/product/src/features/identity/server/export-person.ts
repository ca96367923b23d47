import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { memberships, merges, type PersonRow, resolutions, standings } from '../../../pipeline/tables.ts';
import type { ResolvedEntry } from '../../../pipeline/working-set.ts';
import { Download, type Services } from '../../../ports/http/route.ts';
import type { WarehouseRow } from '../../../ports/warehouse/warehouse.ts';
import { timeline } from '../../people/server/reader.ts';
import { mentionsOf, theirFailed, theirMessages } from './erase-rows.ts';
import { isTheirs, type Trace, traceOf } from './trace.ts';

const rowsATime = 1_000;
const batchesATime = 50;

/** Everything that is held of a person, as one JSON document, written piece by piece. */
export async function exportPerson(services: Services, scope: Scope, person: PersonRow): Promise<Download> {
  const trace = await services.db.transaction({ as: 'request', scope }, (tx) => traceOf(tx, scope, person));
  const held = await heldRows(services, scope, { person, trace });
  return new Download({
    name: `person-${person.id}.json`,
    type: 'application/json; charset=utf-8',
    pieces: pieces(services, scope, { person, trace, held }),
  });
}

async function heldRows(services: Services, scope: Scope, { person, trace }: { person: PersonRow; trace: Trace }) {
  const columns = scopeColumns(scope);
  const rows = { db: services.db, sql: services.sql, scope, trace };
  const stored = await services.db.transaction({ as: 'request', scope }, async (tx) => ({
    accounts: await tx.list(memberships, { where: { ...columns, person: person.id } }),
    standings: await tx.list(standings, { where: { ...columns, subject: `person:${person.id}` } }),
    merges: (await Promise.all(trace.people.map((id) => tx.list(merges, { where: { ...columns, person: id } })))).flat(),
  }));
  return {
    ...stored,
    refusedEvents: await theirFailed(rows),
    messages: await theirMessages(rows),
    mentionedIn: await mentionsOf(rows),
  };
}

async function* pieces(
  services: Services,
  scope: Scope,
  { person, trace, held }: { person: PersonRow; trace: Trace; held: object },
): AsyncGenerator<string> {
  const head = { format: 1, exportedAt: new Date(services.clock.now()).toISOString(), environment: scope.environment };
  const profile = { ...person, workspace: undefined, environment: undefined };
  yield JSON.stringify({ ...head, person: profile, ids: trace.links, ...held }, null, 1).slice(0, -2);
  yield* list('timeline', timelineOf(services, scope, person.number));
  yield* list('events', entriesOf(services, scope, trace));
  yield '\n}\n';
}

/** One member of the document, item by item. */
async function* list(name: string, items: AsyncIterable<object>): AsyncGenerator<string> {
  let first = true;
  yield `,\n "${name}": [`;
  for await (const item of items) {
    yield `${first ? '' : ','}\n  ${JSON.stringify(item)}`;
    first = false;
  }
  yield first ? ']' : '\n ]';
}

async function* timelineOf({ warehouse }: Services, scope: Scope, person: number): AsyncGenerator<object> {
  let before = Number.MAX_SAFE_INTEGER;
  let told = new Set<string>();
  for (;;) {
    const rows: readonly WarehouseRow[] = await warehouse.run(timeline, { scope: scopeKey(scope), person, before, limit: rowsATime });
    const last = rows.at(-1);
    // Rows with one order key may lie on both sides of a page's edge: that key is asked for again.
    for (const { k, kind, name, type, account, id, properties } of rows.filter((row) => !told.has(row.id)))
      yield {
        at: new Date(Math.floor(k / 4096)).toISOString(),
        kind,
        name,
        type,
        account,
        id,
        properties: JSON.parse(properties) as object,
      };
    if (!last || rows.length < rowsATime) return;
    told = new Set(rows.filter((row) => row.k === last.k).map((row) => row.id));
    before = last.k + 1;
  }
}

/** What was recorded of them, as it was recorded: with the context that analytics leave out. */
async function* entriesOf({ db, log }: Services, scope: Scope, trace: Trace): AsyncGenerator<object> {
  for (let partition = 0; partition < log.partitions; partition++) {
    for (let after = 0; ; ) {
      const batches = await log.read(partition, after, batchesATime);
      const last = batches.at(-1);
      if (!last) break;
      after = last.position;
      const kept = await db.transaction({ as: 'system' }, (tx) => tx.get(resolutions, batches));
      const outcomes = new Map(kept.map((row) => [row.position, row.rows as unknown as ResolvedEntry[]]));
      for (const { position, entries } of batches) {
        const cameTo = new Map(outcomes.get(position)?.map(({ i, p }) => [i, p]));
        const theirs = entries.filter(
          (entry, index) => scopeKey(entry.scope) === scopeKey(scope) && isTheirs(entry, trace, cameTo.get(index)),
        );
        for (const { body, at } of theirs) yield { recordedAt: new Date(at).toISOString(), ...body };
      }
    }
  }
}
