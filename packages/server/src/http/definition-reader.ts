import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { reachedCounter } from '@gangway/product/pipeline/count-reached.ts';
import { differs } from '@gangway/product/pipeline/definitions.ts';
import { type PreparationRow, preparations } from '@gangway/product/pipeline/preparation-tables.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import {
  type CounterRow,
  counters,
  type DraftRow,
  drafts,
  type LiveRow,
  live,
  type VersionRow,
  versions,
} from '@gangway/product/pipeline/tables.ts';
import type { Tx } from '@gangway/product/ports/db/db.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import type { DefinitionAnswer, DefinitionName, DefinitionRow, PreparingAnswer, VersionAnswer } from '@gangway/product/wire/definitions.ts';

/** Every definition of a slice, newest change first. */
export async function listDefinitions(services: Services, scope: Scope, slice: string): Promise<DefinitionRow[]> {
  const where = { slice, ...scopeColumns(scope) };
  const read = await services.db.transaction({ as: 'request', scope }, async (tx) => ({
    drafts: await tx.list(drafts, { where, orderBy: ['updatedAt'], descending: true }),
    live: await tx.list(live, { where }),
    versions: await tx.list(versions, { where, orderBy: ['version'], descending: true }),
  }));
  const numbers = await countStandings(services, scope, slice);
  return read.drafts.map((draft) => toRow(draft, pick(read, draft.definition), numbers.get(draft.definition) ?? {}));
}

/** What the definitions of a slice are called, newest change first. */
export async function listNames({ sql }: Services, scope: Scope, slice: string): Promise<DefinitionName[]> {
  return sql.read<DefinitionName>(
    scope,
    `select drafts.definition as id, live.definition is not null as live,
       case when json_typeof(drafts.body -> 'name') = 'string' then drafts.body ->> 'name' else drafts.definition end as name
     from definition_drafts as drafts left join live_definitions as live using (workspace, environment, slice, definition)
     where drafts.workspace = $1 and drafts.environment = $2 and drafts.slice = $3
     order by drafts.updated_at desc, drafts.definition`,
    [scope.workspace, scope.environment, slice],
  );
}

/** One definition with its draft and its versions. Throws `not_found`. */
export async function readDefinition(services: Services, scope: Scope, key: { slice: string; id: string }): Promise<DefinitionAnswer> {
  const where = { slice: key.slice, definition: key.id, ...scopeColumns(scope) };
  const read = await services.db.transaction({ as: 'request', scope }, async (tx) => ({
    draft: (await tx.get(drafts, [where]))[0],
    live: await tx.get(live, [where]),
    versions: await tx.list(versions, { where, orderBy: ['version'], descending: true }),
    preparing: await readPreparing(tx, where),
  }));
  if (!read.draft) throw new Problem('not_found', 404, 'There is nothing under this id in this environment.');
  const numbers = await countStandings(services, scope, key.slice);
  return {
    ...toRow(read.draft, { live: read.live[0], versions: read.versions }, numbers.get(key.id) ?? {}),
    draft: read.draft.body,
    published: read.versions.find((row) => row.version === read.live[0]?.version)?.body ?? null,
    preparing: read.preparing,
    revision: read.draft.revision,
    versions: read.versions.map(({ version, publishedAt, publishedBy }) => ({ version, publishedAt, by: publishedBy })),
  };
}

/** One published version with its body. Throws `not_found`. */
export async function readVersion(
  services: Services,
  scope: Scope,
  key: { slice: string; id: string; version: number },
): Promise<VersionAnswer> {
  const where = { slice: key.slice, definition: key.id, version: key.version, ...scopeColumns(scope) };
  const [row] = await services.db.transaction({ as: 'request', scope }, (tx) => tx.get(versions, [where]));
  if (!row) throw new Problem('not_found', 404, 'There is no such version.');
  return { version: row.version, publishedAt: row.publishedAt, by: row.publishedBy, body: row.body };
}

/** How far the preparation of a version has come; null also for what does not exist. */
export async function preparingOf(services: Services, scope: Scope, key: { slice: string; id: string }): Promise<PreparingAnswer> {
  const where = { slice: key.slice, definition: key.id, ...scopeColumns(scope) };
  return { preparing: await services.db.transaction({ as: 'request', scope }, (tx) => readPreparing(tx, where)) };
}

async function readPreparing(tx: Tx, key: Partial<PreparationRow>): Promise<DefinitionAnswer['preparing']> {
  const [row] = await tx.get<PreparationRow>(preparations, [key]);
  if (!row || row.phase === 'rest') return null;
  const [people] = await tx.get<CounterRow>(counters, [{ workspace: row.workspace, environment: row.environment, name: 'people' }]);
  return { version: row.version, looked: row.looked, total: people?.value ?? 0 };
}

interface Published {
  readonly live: LiveRow | undefined;
  /** Newest first. */
  readonly versions: readonly VersionRow[];
}

function pick(read: { live: readonly LiveRow[]; versions: readonly VersionRow[] }, definition: string): Published {
  return {
    live: read.live.find((row) => row.definition === definition),
    versions: read.versions.filter((row) => row.definition === definition),
  };
}

function toRow(draft: DraftRow, published: Published, numbers: Record<string, number>): DefinitionRow {
  const newest = published.versions[0];
  const body = draft.body as { readonly name?: unknown };
  return {
    id: draft.definition,
    name: typeof body.name === 'string' ? body.name : draft.definition,
    version: newest?.version ?? null,
    live: published.live !== undefined,
    changed: differs(draft.body, newest?.body),
    updatedAt: draft.updatedAt,
    publishedAt: newest?.publishedAt ?? null,
    numbers,
  };
}

/** Definition → status → how many subjects stand there. */
async function countStandings({ sql }: Services, scope: Scope, slice: string): Promise<Map<string, Record<string, number>>> {
  const rows = await sql.read<{ definition: string; status: string; count: number }>(
    scope,
    `select definition, status, count(*)::int as count from standings
     where workspace = $1 and environment = $2 and slice = $3 group by 1, 2
     union all
     select substr(name, length($4) + 1), 'reached', value::int from counters
     where $3 = 'milestones' and workspace = $1 and environment = $2 and starts_with(name, $4) and value > 0`,
    [scope.workspace, scope.environment, slice, reachedCounter('')],
  );
  const counts = new Map<string, Record<string, number>>();
  for (const { definition, status, count } of rows) counts.set(definition, { ...counts.get(definition), [status]: count });
  return counts;
}
