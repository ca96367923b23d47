import { createHash } from 'node:crypto';
import { canonical, type Json } from '@gangway/product/kernel/json.ts';
import { formsOf } from '@gangway/product/ports/db/db.ts';
import type pg from 'pg';
import type { allTables } from '../tables.ts';

type AnyTable = (typeof allTables)[number];

/** How many rows a table has, and one text for all of them in the order of their key. */
export interface TableDigest {
  readonly digest: string;
  readonly rows: number;
}

/**
 * Equal for two tables that say the same. A column with a form counts as what it is loaded as, not as it lies there:
 * an earlier version may have stored it otherwise.
 */
export function digestTable(pool: pg.Pool, table: AnyTable): Promise<TableDigest> {
  return formsOf(table).length === 0 ? digestStored(pool, table) : digestLoaded(pool, table);
}

async function digestStored(pool: pg.Pool, table: AnyTable): Promise<TableDigest> {
  const { rows } = await pool.query(
    `select count(*)::int as rows, coalesce(md5(string_agg(md5(t::text), '' order by ${keyOf(table)})), '') as digest from "${table.name}" t`,
  );
  return rows[0] as TableDigest;
}

const rowsATime = 1_000;

async function digestLoaded(pool: pg.Pool, table: AnyTable): Promise<TableDigest> {
  const forms = formsOf(table);
  const plain = forms.reduce((row, [column]) => `${row} - '${snake(column)}'`, 'to_jsonb(t)');
  const formed = forms.map(([column], index) => `t."${snake(column)}" as c${index}`).join(', ');
  const hash = createHash('md5');
  let count = 0;
  const client = await pool.connect();
  let whole = false;
  try {
    const select = `select (${plain})::text as plain, ${formed} from "${table.name}" t order by ${keyOf(table)}`;
    await client.query(`begin read only; declare formed_rows cursor for ${select}`);
    for (;;) {
      const { rows } = await client.query<{ plain: string; [column: `c${number}`]: Json }>(`fetch ${rowsATime} from formed_rows`);
      if (rows.length === 0) break;
      count += rows.length;
      for (const row of rows) {
        const loaded = forms.map(([, form], index) => asData(form.load(row[`c${index}`] ?? null)));
        hash.update(`${row.plain}\n${canonical(loaded)}\n`);
      }
    }
    await client.query('commit');
    whole = true;
  } finally {
    // One that failed is still in its transaction.
    client.release(!whole);
  }
  return { digest: hash.digest('hex'), rows: count };
}

/** What is loaded may lie in lists whose order says nothing; as data it is records. */
function asData(loaded: Json): Json {
  return JSON.parse(JSON.stringify(loaded)) as Json;
}

function keyOf(table: AnyTable): string {
  return table.key.map((column) => `t."${snake(column)}"`).join(', ');
}

function snake(column: string): string {
  return column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
