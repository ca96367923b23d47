import { type Scope, scopeKey } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { memberships, merges, type PersonRow, standings } from '../../../pipeline/tables.ts';
import { Download, type Services } from '../../../ports/http/route.ts';
import { readTimelinePage, type TimelinePage, timeline } from '../../people/server/reader.ts';
import { readOutcomes } from './erase-log.ts';
import { mentionsOf, type PersonTable, theirFailed, theirMessages, theirRows } from './erase-rows.ts';
import { isTheirs, type Trace, traceOf } from './trace.ts';

const rowsATime = 1_000;
const batchesATime = 50;

/**
 * Everything that is held of a person, as one JSON document, written piece by piece.
 *
 * @param tables every declared table: one that names a person is read, whoever declared it
 */
export async function exportPerson(
  services: Services,
  scope: Scope,
  { person, tables }: { person: PersonRow; tables: readonly PersonTable[] },
): Promise<Download> {
  const trace = await services.db.transaction({ as: 'request', scope }, (tx) => traceOf(tx, scope, person));
  const held = await heldRows(services, scope, { person, trace, tables });
  return new Download({
    name: `person-${person.id}.json`,
    type: 'application/json; charset=utf-8',
    pieces: pieces(services, scope, { person, trace, held }),
  });
}

async function heldRows(
  services: Services,
  scope: Scope,
  { person, trace, tables }: { person: PersonRow; trace: Trace; tables: readonly PersonTable[] },
) {
  const columns = scopeColumns(scope);
  const rows = { db: services.db, sql: services.sql, scope, trace };
  const stored = await services.db.transaction({ as: 'request', scope }, async (tx) => ({
    accounts: await tx.list(memberships, { where: { person: person.id, ...columns } }),
    standings: await tx.list(standings, { where: { subject: `person:${person.id}`, ...columns } }),
    merges: (await Promise.all(trace.people.map((id) => tx.list(merges, { where: { person: id, ...columns } })))).flat(),
  }));
  return {
    ...stored,
    kept: await theirRows(rows, tables),
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
  const asked = { scope: scopeKey(scope), person };
  const read = (before: number, limit: number) => warehouse.run(timeline, { ...asked, before, limit });
  for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null; ) {
    const { rows, next }: TimelinePage = await readTimelinePage(read, { before, size: rowsATime });
    for (const { k, kind, name, type, account, id, properties } of rows)
      yield {
        at: new Date(Math.floor(k / 4096)).toISOString(),
        kind,
        name,
        type,
        account,
        id,
        properties: JSON.parse(properties) as object,
      };
    before = next;
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
      const read = await db.transaction({ as: 'system' }, (tx) => readOutcomes(tx, batches));
      for (const { batch, outcomes } of read) {
        const cameTo = new Map(outcomes.map(({ i, p }) => [i, p]));
        const theirs = batch.entries.filter(
          (entry, index) => scopeKey(entry.scope) === scopeKey(scope) && isTheirs(entry, trace, cameTo.get(index)),
        );
        for (const { body, at } of theirs) yield { recordedAt: new Date(at).toISOString(), ...body };
      }
    }
  }
}
