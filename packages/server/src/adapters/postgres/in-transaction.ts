import { StoreError } from '@gangway/product/ports/db/store-error.ts';
import type pg from 'pg';

/**
 * Runs `work` on a connection of its own between `begin` (which may say more) and a commit; rolls back when it
 * throws. Rejects with a {@link StoreError} when there is no connection or it was lost on the way.
 */
export function inTransaction<T>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return onConnection(pool, async (client) => {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}

/** The same for one statement that is a transaction by itself: it need not be told where it begins and ends. */
export async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let broken: Error | undefined;
  // Nobody else listens while a connection is lent, and an error that nobody hears ends the process.
  const lost = (error: Error) => {
    broken = error;
  };
  client.on('error', lost);
  try {
    return await work(client);
  } catch (error) {
    // A connection that cannot roll back is not given back.
    await client.query('rollback').catch(lost);
    throw broken === undefined ? error : new StoreError(`the database went away: ${broken.message}`, { cause: error });
  } finally {
    // What is thrown away may still have something to say.
    if (broken === undefined) client.off('error', lost);
    client.release(broken);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new StoreError(`the database cannot be reached: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
