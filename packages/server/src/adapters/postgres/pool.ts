import pg from 'pg';

/** bigint columns of ours stay below 2^53, so they are numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** A pool on one database. A connection that breaks while idle is dropped, not thrown. */
export function createPool(url: string, options: { max?: number; report?: (error: unknown) => void } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    types,
    // A statement that is asked for while another one runs is sent at once and waits in the server.
    pipeline: true,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'gangway',
  });
  // A pool that ends does not wait for its sockets: what a stopping PostgreSQL still says to them is no news.
  pool.on('error', (error) => {
    if (!pool.ending) options.report?.(error);
  });
  return pool;
}
