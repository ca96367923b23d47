import type { AcceptedEvent } from '../kernel/event.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import { type Db, rowKey, type Tx } from '../ports/db/db.ts';
import { noteCapped } from './capped-words.ts';
import { scopeColumns } from './registry.ts';
import { linksOf } from './resolve.ts';
import { counters, identities } from './tables.ts';
import { readVarietyCaps } from './variety-gate.ts';
import { linkRow } from './working-set.ts';

/** Says which of the events would make a person too many, by index. */
export type PeopleGate = (scope: Scope, events: readonly AcceptedEvent[], now: number) => Promise<ReadonlySet<number>>;

const everybody: ReadonlySet<number> = new Set();
/** So long is a room believed that was measured; a cap that was changed holds after it. */
const believed = 10_000;

/**
 * Every event is counted as if it made a person: only when that would meet the cap is the store asked who is
 * known. People who wait in the log to be applied are not counted yet, so the cap is met about, not exactly.
 */
export function createPeopleGate(db: Db): PeopleGate {
  const rooms = new Map<string, { room: number; readonly since: number }>();
  return async (scope, events, now) => {
    const key = scopeKey(scope);
    const measured = rooms.get(key);
    if (measured && Math.abs(now - measured.since) < believed && measured.room >= events.length) {
      measured.room -= events.length;
      return everybody;
    }
    return db.transaction({ as: 'request', scope }, async (tx) => {
      const room = await measureRoom(tx, scope);
      if (rooms.size > 10_000) rooms.clear();
      rooms.set(key, { room: Math.max(0, room - events.length), since: now });
      if (room >= events.length) return everybody;
      const over = await findStrangers(tx, scope, { events, room });
      if (over.size > 0) {
        await tx.lock([`variety:${key}`]);
        await noteCapped(tx, scope, { words: [{ kind: 'people', of: '', word: '', count: over.size }], now });
      }
      return over;
    });
  };
}

async function measureRoom(tx: Tx, scope: Scope): Promise<number> {
  const { people } = await readVarietyCaps(tx, scope);
  const [counter] = await tx.get(counters, [{ name: 'people', ...scopeColumns(scope) }]);
  return Math.max(0, people - (counter?.value ?? 0));
}

/** Events of whom nobody is known and for whom there is no room; whoever comes first takes what there is. */
async function findStrangers(
  tx: Tx,
  scope: Scope,
  { events, room }: { events: readonly AcceptedEvent[]; room: number },
): Promise<ReadonlySet<number>> {
  const keys = (event: AcceptedEvent) => linksOf(event).map((link) => linkRow(scope, link));
  const found = await tx.get(identities, events.flatMap(keys));
  const known = new Set(found.map((row) => rowKey(identities, row)));
  const over = new Set<number>();
  let left = room;
  for (const [index, event] of events.entries()) {
    const names = keys(event).map((row) => rowKey(identities, row));
    const stranger = names.length > 0 && !names.some((name) => known.has(name));
    if (stranger && left === 0) {
      over.add(index);
      continue;
    }
    if (stranger) left--;
    for (const name of names) known.add(name);
  }
  return over;
}
