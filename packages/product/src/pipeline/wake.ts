import type { Clock } from '../kernel/clock.ts';
import type { Entry } from '../kernel/entry.ts';
import { parseSubjectKey } from '../kernel/subject.ts';
import type { Db } from '../ports/db/db.ts';
import type { Signal } from '../ports/signal/signal.ts';
import { toOutbox } from './outbox.ts';
import { outbox, type WakeRow, wakes } from './tables.ts';
import { lockNames } from './working-set.ts';

/** Subjects that one step wakes. */
const wakesATime = 500;

/**
 * Turns due wakes into entries of the log, so that the passing of time is data like everything else. Row and
 * entry change in one transaction; the lock keeps a new, later instant from being removed.
 * False when nothing was due.
 */
export async function wakeNext(deps: { db: Db; signal: Signal; clock: Clock }): Promise<boolean> {
  const now = deps.clock.now();
  const woken = await deps.db.transaction({ as: 'system' }, async (tx) => {
    const due = await tx.list(wakes, { range: { column: 'due', to: now }, orderBy: ['due', 'subject'], limit: wakesATime });
    if (due.length === 0) return 0;
    await tx.lock(lockNames(due));
    const still = (await tx.get(wakes, due)).filter((row) => row.due <= now);
    await tx.insertNew(outbox, toOutbox(still.map(wakeEntry), now));
    await tx.remove(wakes, still);
    return still.length;
  });
  if (woken > 0) deps.signal.publish('outbox', {});
  return woken > 0;
}

function wakeEntry(row: WakeRow): Entry {
  const { workspace, environment, subject, due } = row;
  return {
    id: `wake:${subject}:${due}`,
    scope: { workspace, environment },
    origin: 'derived',
    depth: 0,
    body: { what: 'wake', subject: parseSubjectKey(subject), due },
  };
}

/** When the next wake is due, epoch milliseconds; undefined when nobody sleeps. */
export async function nextWake(db: Db): Promise<number | undefined> {
  const [first] = await db.transaction({ as: 'system' }, (tx) => tx.list(wakes, { orderBy: ['due'], limit: 1 }));
  return first?.due;
}
