/** Order keys in a day (UTC). */
export const dayKeys = 86_400_000 * 4096;

/** Days that one number holds, a bit each. */
export const daysInChunk = 64;

/** SQL: the chunk of days of an order key, counted from 1970. */
export function chunkSql(k: string): string {
  return `(${k} // ${daysInChunk * dayKeys})::smallint`;
}

/** SQL: the bit of an order key's day in its chunk. */
export function daySql(k: string): string {
  return `1::ubigint << (${k} // ${dayKeys} % ${daysInChunk})::ubigint`;
}
