import { randomBytes } from 'node:crypto';
import type { Db } from '@gangway/product/ports/db/db.ts';
import pg from 'pg';
import { allTables } from '../tables.ts';
import { digestTable } from './digest-table.ts';

/** An empty, migrated database that a replay fills. A preset's adapters make it. */
export interface StoreForReplay {
  readonly db: Db;
  /** Copies what people made; everything else is to be derived. */
  copySource(recorded: pg.Pool): Promise<void>;
  /** The derived tables whose rows differ. */
  compare(recorded: pg.Pool): Promise<{ table: string; recorded: number; replayed: number }[]>;
  drop(): Promise<void>;
}

/** What the passing of real time moves: due wakes wait in the outbox, old ids are forgotten. */
const movedByTime = new Set(['wakes', 'seen_entries', 'seen_events']);
/** What belongs to the log and to delivery, and is neither copied nor compared. */
const inTransit = new Set(['outbox', 'deliveries']);

/** @param url of the recorded database; the scratch one is made beside it */
export async function createStoreForReplay(
  url: string,
  adapters: { createPool(url: string): pg.Pool; migrate(pool: pg.Pool): Promise<void>; createDb(pool: pg.Pool): Db },
): Promise<StoreForReplay> {
  const name = `gangway_replay_${randomBytes(4).toString('hex')}`;
  const admin = new URL(url);
  admin.pathname = '/postgres';
  await once(admin.href, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const pool = adapters.createPool(own.href);
  await adapters.migrate(pool);
  return {
    db: adapters.createDb(pool),
    async copySource(recorded) {
      for (const table of allTables.filter(({ kind, name: each }) => kind === 'source' && !inTransit.has(each)))
        await copyTable(recorded, pool, table.name);
    },
    async compare(recorded) {
      const tables = allTables.filter(({ kind, name: each }) => kind === 'derived' && !movedByTime.has(each));
      const pairs = await Promise.all(
        tables.map(async (table) => ({
          table: table.name,
          one: await digestTable(recorded, table),
          other: await digestTable(pool, table),
        })),
      );
      return pairs
        .filter(({ one, other }) => one.digest !== other.digest)
        .map(({ table, one, other }) => ({ table, recorded: one.rows, replayed: other.rows }));
    },
    async drop() {
      await pool.end();
      await once(admin.href, `drop database ${name} with (force)`);
    },
  };
}

async function once(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

const rowsATime = 1_000;

async function copyTable(from: pg.Pool, to: pg.Pool, table: string): Promise<void> {
  const client = await from.connect();
  await client.query(`begin; declare rows cursor for select row_to_json(t)::text as row from "${table}" t`);
  for (;;) {
    const { rows } = await client.query(`fetch ${rowsATime} from rows`);
    if (rows.length === 0) break;
    await to.query(`insert into "${table}" select r.* from unnest($1::text[]) as j, json_populate_record(null::"${table}", j::json) r`, [
      rows.map(({ row }) => row),
    ]);
  }
  await client.query('commit');
  client.release();
}
