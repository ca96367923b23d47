import type { Clock } from '@gangway/product/kernel/clock.ts';
import { servers } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';

/** Says now and then that this server lives, and knows how many do. */
export interface ServerCount {
  /** At least 1: this one. */
  count(): number;
  stop(): Promise<void>;
}

const every = 5_000;
/** A server that was silent so long is not counted: it was stopped or killed. */
const silence = 3 * every;

/**
 * Limits are of the whole installation, and each server grants its share. The servers count each other by rows in
 * the database they have in common anyway; a shared counter a request would make every event wait for it.
 *
 * @param input.id of this server, unique among those that live, and the same when it is started again
 */
export async function startServerCount(input: {
  db: Db;
  clock: Clock;
  id: string;
  report: (error: unknown) => void;
}): Promise<ServerCount> {
  const { db, clock, id, report } = input;
  let count = 1;
  const look = async () => {
    const now = clock.now();
    await db.transaction({ as: 'system' }, async (tx) => {
      await tx.put(servers, [{ id, seenAt: now }]);
      const rows = await tx.list(servers, {});
      await tx.remove(
        servers,
        rows.filter(({ seenAt }) => now - seenAt > 10 * silence),
      );
      count = Math.max(1, rows.filter(({ seenAt }) => Math.abs(now - seenAt) <= silence).length);
    });
  };
  // What was counted last holds while the database is away.
  let looking = look().catch(report);
  await looking;
  const timer = setInterval(() => {
    looking = looking.then(look).catch(report);
  }, every);
  timer.unref();
  return {
    count: () => count,
    async stop() {
      clearInterval(timer);
      await looking;
      await db.transaction({ as: 'system' }, (tx) => tx.remove(servers, [{ id }])).catch(report);
    },
  };
}
