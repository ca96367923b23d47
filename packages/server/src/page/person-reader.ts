import { type Scope, scopeKey } from '@gangway/product/kernel/scope.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { type IdentityRow, identities, type PersonRow, people } from '@gangway/product/pipeline/tables.ts';
import type { Db, Tx } from '@gangway/product/ports/db/db.ts';
import type { PageAsked } from './page-asked.ts';

/** Who a page says is there. */
export type PageIds = Pick<PageAsked, 'anonymousId' | 'userId'>;

/** Finds the people whom pages name, as their last applied event left them. */
export interface PersonReader {
  find(scope: Scope, ids: PageIds): Promise<PersonRow | undefined>;
}

interface Waiting {
  readonly ids: PageIds;
  resolve(row: PersonRow | undefined): void;
  reject(error: unknown): void;
}

/** Pages of one environment that share a read: what a transaction holds in memory stays small. */
const mostAtOnce = 100;

/**
 * Pages of one environment that ask while a read is under way share the next one: two statements, however many
 * they are. Nobody is given what was read before they asked. When a shared read fails each asks for itself, so
 * that one page's impossible id fails nobody else.
 */
export function createPersonReader(db: Db): PersonReader {
  const lines = new Map<string, Waiting[]>();
  const serve = async (scope: Scope, line: Waiting[]) => {
    // What came in with the same turn of the loop goes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (line.length > 0) await answer(db, scope, line.splice(0, mostAtOnce));
    lines.delete(scopeKey(scope));
  };
  return {
    find: (scope, ids) =>
      new Promise((resolve, reject) => {
        const waiting = { ids, resolve, reject };
        const line = lines.get(scopeKey(scope));
        if (line) line.push(waiting);
        else {
          const begun = [waiting];
          lines.set(scopeKey(scope), begun);
          void serve(scope, begun);
        }
      }),
  };
}

/** Never rejects: each is told, as soon as the rows are there and not when the transaction has ended: nothing was written. */
async function answer(db: Db, scope: Scope, asking: readonly Waiting[]): Promise<void> {
  try {
    await db.transaction({ as: 'request', scope }, async (tx) => {
      const personOf = await readPeople(
        tx,
        scope,
        asking.map(({ ids }) => ids),
      );
      for (const { ids, resolve } of asking) resolve(chosen(ids, personOf));
    });
  } catch (error) {
    if (asking.length === 1) asking[0]?.reject(error);
    else await Promise.all(asking.map((one) => answer(db, scope, [one])));
  }
}

type PersonOf = (kind: IdentityRow['kind'], value: string) => PersonRow | undefined;

async function readPeople(tx: Tx, scope: Scope, asked: readonly PageIds[]): Promise<PersonOf> {
  const columns = scopeColumns(scope);
  const keys = asked.flatMap(({ anonymousId, userId }) => [
    { kind: 'anonymous' as const, value: anonymousId, ...columns },
    ...(userId === undefined ? [] : [{ kind: 'user' as const, value: userId, ...columns }]),
  ]);
  const links = await tx.get(identities, keys);
  const rows = await tx.get(
    people,
    links.map((link) => ({ id: link.person, ...columns })),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byLink = new Map(links.map((link) => [linkKey(link.kind, link.value), byId.get(link.person)]));
  return (kind, value) => byLink.get(linkKey(kind, value));
}

function linkKey(kind: IdentityRow['kind'], value: string): string {
  return `${kind}:${value}`;
}

/**
 * By user id; when that is not known yet (the identify call is on its way) by the anonymous id, unless that
 * device belongs to somebody else.
 */
function chosen({ anonymousId, userId }: PageIds, personOf: PersonOf): PersonRow | undefined {
  const device = personOf('anonymous', anonymousId);
  if (userId === undefined) return device;
  return personOf('user', userId) ?? (device?.userId === null ? device : undefined);
}
