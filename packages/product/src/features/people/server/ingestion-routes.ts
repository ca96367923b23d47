import { z } from 'zod';
import type { Scope } from '../../../kernel/scope.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { counters } from '../../../pipeline/tables.ts';
import type { Db } from '../../../ports/db/db.ts';
import { type Route, route } from '../../../ports/http/route.ts';
import { type IngestionAnswer, ingestionAnswer } from '../contract.ts';

/** Health of what comes in: the sums that must add up, what was turned away, and what was refused. */
export function ingestionRoutes(waiting: () => Promise<number>, turnedAway: (scope: Scope) => IngestionAnswer['turnedAway']): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/e/:environment/ingestion',
      access: 'owner',
      answer: ingestionAnswer,
      handle: async ({ scope }, { db, sql }) => {
        // Asked first: when nothing waits, the counters that are read after it have counted everything.
        const onTheWay = await waiting();
        const counted = await readCounters(db, scope);
        const [refused] = await sql.read<{ total: number }>(
          scope,
          `select count(*)::int as total from failed_events where workspace = $1 and environment = $2 and stage = 'accept'`,
          [scope.workspace, scope.environment],
        );
        const rejected = refused?.total ?? 0;
        return {
          ...counted,
          offered: counted.acknowledged + rejected,
          rejected,
          waiting: onTheWay,
          turnedAway: turnedAway(scope),
          balanced: counted.acknowledged === counted.applied + counted.deduplicated + counted.quarantined,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/api/e/:environment/events/names',
      access: 'owner',
      answer: z.object({ names: z.array(z.string()) }),
      // The documents of the latest people are a fair sample, and cost one index range.
      handle: async ({ scope }, { sql }) => {
        const rows = await sql.read<{ name: string }>(
          scope,
          // The documents are opened behind the limit: before it, everybody of the latest hour would be.
          `select distinct name from (
             select newest.doc -> 'events' as events from (
               select doc from people where workspace = $1 and environment = $2 order by last_seen_hour desc, last_seen desc limit 500
             ) newest offset 0
           ) p, lateral (${eventNames('p.events')}) n(name) order by name limit 500`,
          [scope.workspace, scope.environment],
        );
        return { names: rows.map((row) => row.name) };
      },
    }),
  ];
}

/** The names in a document's counts; versions before kept them as a record. */
function eventNames(events: string): string {
  return `select json_array_elements_text(case json_typeof(${events}) when 'array' then ${events} -> 0 end)
    union all select json_object_keys(case json_typeof(${events}) when 'object' then ${events} end)`;
}

const shown = ['acknowledged', 'applied', 'deduplicated', 'quarantined', 'conflicts'] as const;

/** By their names: an environment has further counters for every day that it was used. */
async function readCounters(db: Db, scope: Scope): Promise<Record<(typeof shown)[number], number>> {
  const keys = shown.map((name) => ({ name, ...scopeColumns(scope) }));
  const rows = await db.transaction({ as: 'request', scope }, (tx) => tx.get(counters, keys));
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? 0;
  return Object.fromEntries(shown.map((name) => [name, value(name)])) as Record<(typeof shown)[number], number>;
}
