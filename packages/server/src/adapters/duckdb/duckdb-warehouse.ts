import type {
  PlainColumns,
  Query,
  RunOptions,
  Scoped,
  Statement,
  Warehouse,
  WarehouseRow,
} from '@gangway/product/ports/warehouse/warehouse.ts';
import { QueryQueue } from '../query-queue.ts';
import { type Columns, type DuckdbQuestion, type DuckdbSettings, queriesAtOnce } from './duckdb-messages.ts';
import { MendingLine } from './mending-line.ts';
import { packBatch } from './packed-batch.ts';

export interface DuckdbOptions {
  /** The database file; its folder must exist. One process at a time. */
  readonly path: string;
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** When so many rows wait, they are put in order together; about a million when absent. */
  readonly runLength?: number;
  /** Bytes of recent rows that are held in memory, before they are put in order; 64 MB when absent. */
  readonly recentBytes?: number;
  /** Milliseconds that a question may run; a minute when absent. */
  readonly queryTime?: number;
  /** Takes a sentence for the operator. */
  readonly log?: (sentence: string) => void;
}

/**
 * Eight blocks of DuckDB's: a person is then in one or two blocks of a run. Rows of a middling length and longer are
 * put in order before there are so many, see `recentBytes`.
 */
const runLength = 8 * 122_880;
/** Half a million rows with a UUID and 60 bytes of properties, 180,000 with 300. */
const recentBytes = 64 * 1024 * 1024;
/** Questions that may wait for one of the engine's places. */
const queriesWaiting = 50;

/**
 * The embedded warehouse: a DuckDB file owned by a worker thread, so that neither an append nor a heavy query
 * holds up the server. A file that cannot be read, now or later, is set aside and the store starts at
 * position 0. Rejects when another process holds the file.
 */
export async function createDuckdbWarehouse(options: DuckdbOptions): Promise<Warehouse> {
  const settings: DuckdbSettings = {
    path: options.path,
    memoryLimit: options.memoryLimit ?? '512MB',
    threads: options.threads ?? 2,
    runLength: options.runLength ?? runLength,
    recentBytes: options.recentBytes ?? recentBytes,
  };
  const line = await MendingLine.open(settings, options.log ?? (() => undefined));
  const queue = new QueryQueue({ atOnce: queriesAtOnce, waiting: queriesWaiting, time: options.queryTime ?? 60_000 });
  let closing: Promise<void> | undefined;
  return {
    write: async (batch) => void (await line.ask({ ask: 'write', batch: packBatch(batch) })),
    erase: async (scope, people) => void (await line.ask({ ask: 'erase', scope, people })),
    position: async (partition) => Number(await line.ask({ ask: 'position', partition })),
    async run<Params extends Scoped, Plain extends object, Result>(
      query: Query<Params, Plain, Result>,
      params: Params,
      { asker }: RunOptions = {},
    ) {
      const ask = (question: DuckdbQuestion) => queue.run((signal) => line.question(question, signal), asker);
      const run = async (statement: Statement) => (await ask({ ask: 'run', statement })) as Columns;
      const quick = query.columnar?.duckdb(params);
      const result = quick && query.columnar?.finish(columnsOf<Plain>(await run(quick)), params);
      if (result !== undefined) return result;
      const asked = query.duckdb(params);
      if ('text' in asked) return query.finish(rowsOf<Plain>(await run(asked)), params);
      const page = await ask({ ask: 'newest', page: { ...asked, scope: params.scope } });
      return query.finish(page as readonly WarehouseRow[] as unknown as Plain[], params);
    },
    load: () => queue.load,
    close() {
      closing ??= line.close();
      return closing;
    },
  };
}

function columnsOf<Plain extends object>({ names, values }: Columns): PlainColumns<Plain> {
  return Object.fromEntries(names.map((name, column) => [name, values[column] ?? []])) as unknown as PlainColumns<Plain>;
}

function rowsOf<Plain extends object>({ names, values }: Columns): Plain[] {
  const count = values[0]?.length ?? 0;
  const rows: Plain[] = [];
  for (let row = 0; row < count; row++) {
    // Large answers are made of many rows, and `Object.fromEntries` would take longer than the query.
    const plain: Record<string, unknown> = {};
    for (let column = 0; column < names.length; column++) plain[names[column] ?? ''] = values[column]?.[row];
    rows.push(plain as Plain);
  }
  return rows;
}
