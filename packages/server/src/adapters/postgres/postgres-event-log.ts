import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Entry, LoggedEntry } from '@gangway/product/kernel/entry.ts';
import type { AppendedAt, EventLog } from '@gangway/product/ports/event-log/event-log.ts';
import { groupByPartition } from '@gangway/product/ports/event-log/partition.ts';
import type pg from 'pg';
import { inTransaction, onConnection } from './in-transaction.ts';
import { type Reading, RecentBatches, type Sized } from './recent-batches.ts';
import { readBatch, writeBatch } from './stored-batch.ts';

interface Waiting {
  readonly entries: readonly Entry[];
  readonly resolve: (at: AppendedAt) => void;
  readonly reject: (error: unknown) => void;
}

/** Entries that one row holds at most, so that a reader's memory is bounded. */
const entriesARow = 5_000;

interface Options {
  readonly clock: Clock;
  readonly partitions?: number;
  /**
   * Characters of its newest batches that the process keeps as objects, {@link sizeOf} each; 0, the default, keeps none.
   * Only for the one process that writes this log: what another one replaces would not be noticed.
   */
  readonly kept?: number;
}

/**
 * The event log as a table: one row a flush and partition. Appends that arrive while a flush is on its way share
 * the next one, so under load one fsync serves many requests (group commit).
 */
export function createPostgresEventLog(pool: pg.Pool, { clock, partitions = 1, kept = 0 }: Options): EventLog {
  const recent = new RecentBatches(kept);
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;

  const flushAll = async () => {
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        const written = await writeRows(pool, { entries: group.flatMap((one) => one.entries), partitions, now: clock.now() });
        for (const one of written) recent.appended(one);
        const positions = new Map(written.map(({ batch }) => [batch.partition, batch.position]));
        for (const one of group) one.resolve(own(one.entries, positions));
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    flushing = undefined;
  };
  /** The partitions that these entries touched. */
  const own = (entries: readonly Entry[], positions: AppendedAt): AppendedAt => {
    if (positions.size === 1) return positions;
    return new Map([...groupByPartition(entries, partitions).keys()].map((partition) => [partition, positions.get(partition) ?? 0]));
  };
  const takeGroup = (): Waiting[] => {
    let size = 0;
    const end = waiting.findIndex((one, index) => {
      size += one.entries.length;
      return index > 0 && size > entriesARow;
    });
    const group = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return group;
  };

  return {
    partitions,
    append(entries) {
      if (entries.length === 0) return Promise.resolve(new Map());
      return new Promise((resolve, reject) => {
        waiting.push({ entries, resolve, reject });
        flushing ??= flushAll();
      });
    },
    read: (partition, after, limit, enough) =>
      recent.after({ partition, after, limit, enough }, () => readRows(pool, { partition, after, limit, enough })),
    async replace(partition, position, entries) {
      const payload = writeBatch(
        entries.map(({ id, scope, origin, cause, depth, body }): Entry => {
          return { id, scope, origin, depth, body, ...(cause === undefined ? {} : { cause }) };
        }),
      );
      try {
        await pool.query('update event_log set payload = $3 where partition = $1 and position = $2', [partition, position, payload]);
      } finally {
        // Behind the change: what was read while it was on its way may be the batch as it was.
        recent.forget(partition, position);
      }
    },
    async end(partition) {
      const { rows } = await pool.query('select coalesce(max(position), 0)::bigint as position from event_log where partition = $1', [
        partition,
      ]);
      return rows[0].position;
    },
    async close() {
      await flushing;
    },
  };
}

/** All partitions of a flush in one transaction; positions are given under a lock, so they become visible in order. */
async function writeRows(pool: pg.Pool, input: { entries: readonly Entry[]; partitions: number; now: number }): Promise<Sized[]> {
  const rows = [...groupByPartition(input.entries, input.partitions)]
    .sort(([a], [b]) => a - b)
    .map(([partition, entries]): Row => ({ partition, entries, payload: writeBatch(entries), now: input.now }));
  const [alone] = rows;
  if (alone && rows.length === 1) return [await writeAlone(pool, alone)];
  return writeTogether(pool, rows);
}

/** One row for the log, and what it is made of. */
interface Row {
  readonly partition: number;
  readonly entries: readonly Entry[];
  readonly payload: string;
  readonly now: number;
}

async function writeTogether(pool: pg.Pool, rows: readonly Row[]): Promise<Sized[]> {
  const begin = `begin; select ${rows.map(({ partition }) => `pg_advisory_xact_lock(4712, ${partition})`).join(', ')}`;
  return inTransaction(pool, begin, async (client) => {
    const written: Sized[] = [];
    for (const row of rows) written.push(await insertRow(client, row));
    return written;
  });
}

/**
 * One statement instead of three, each of which would wait its turn on a busy machine. It sees the log as it was
 * before it had the lock: whoever had to wait for another server's append finds the position taken, and waits for
 * the lock first the second time.
 */
async function writeAlone(pool: pg.Pool, row: Row): Promise<Sized> {
  try {
    return await onConnection(pool, (client) => insertRow(client, row));
  } catch (error) {
    if (!isTaken(error)) throw error;
    const [written] = await writeTogether(pool, [row]);
    if (!written) throw error;
    return written;
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

const insertText = `
  insert into event_log (partition, position, at, entries, payload)
  select $1, coalesce(last.position, 0) + 1, greatest($2::bigint, coalesce(last.at, 0)), $3, $4
  from (select pg_advisory_xact_lock(4712, $1::int)) held
    left join (select position, at from event_log where partition = $1::bigint order by position desc limit 1) last on true
  returning position, at`;

async function insertRow(client: pg.PoolClient, { partition, entries, payload, now }: Row): Promise<Sized> {
  const { rows } = await client.query<{ position: number; at: number }>({
    name: 'append',
    text: insertText,
    values: [partition, now, entries.length, payload],
  });
  const { position = 0, at = now } = rows[0] ?? {};
  return {
    batch: { partition, position, entries: entries.map((entry): LoggedEntry => ({ at, ...entry })) },
    size: sizeOf(payload, entries),
  };
}

/** A batch is left out whose predecessors have enough entries: by their numbers, so that no text is looked at in vain. */
const readText = `
  select position, at, payload
  from (
    select position, at, payload, sum(entries) over (order by position) - entries as before
    from (select position, at, payload, entries from event_log where partition = $1 and position > $2 order by position limit $3) next
  ) counted
  where $4::bigint is null or before < $4
  order by position`;

async function readRows(pool: pg.Pool, input: Reading): Promise<Sized[]> {
  const { rows } = await pool.query({
    name: 'read-log',
    text: readText,
    values: [input.partition, input.after, input.limit, input.enough ?? null],
  });
  return rows.map(({ position, at, payload }: { position: number; at: number; payload: string }) => {
    const entries = readBatch(payload, at);
    return { batch: { partition: input.partition, position, entries }, size: sizeOf(payload, entries) };
  });
}

/** What objects of an entry take beyond its text, in which its neighbours say half of it. */
const entryCharacters = 350;

function sizeOf(payload: string, entries: readonly Entry[]): number {
  return payload.length + entries.length * entryCharacters;
}
