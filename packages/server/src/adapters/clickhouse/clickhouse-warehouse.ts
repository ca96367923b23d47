import { ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Query, RunOptions, Scoped, Warehouse } from '@gangway/product/ports/warehouse/warehouse.ts';
import { WriteQueue } from '../duckdb/write-queue.ts';
import { type QueryLimits, QueryQueue } from '../query-queue.ts';
import { checkClickhouse } from './check-clickhouse.ts';
import { clickhouseProblem } from './clickhouse-problem.ts';
import { ClickhouseStore } from './clickhouse-store.ts';
import { migrateClickhouse } from './migrate-clickhouse.ts';

export interface ClickhouseOptions {
  /** `http://user:password@host:8123/database`; user and database are `default` when absent. The database must exist. */
  readonly url: string;
}

const settings: ClickHouseSettings = {
  // Order keys and counts stay below 2^53, so plain numbers hold them.
  output_format_json_quote_64bit_integers: 0,
  // A name in a condition means the column, as in standard SQL, not what the select list calls so.
  prefer_column_name_to_alias: 1,
  // A write that has resolved is there for the next query.
  async_insert: 0,
  // Who closes the connection ends the question.
  cancel_http_readonly_queries_on_client_close: 1,
  // A question names what is confirmed, epoch by epoch: with thousands that confirmed something it is longer than the usual 256 KB.
  max_query_size: String(16 * 1024 ** 2),
  // A batch that was removed half written comes again with the same rows, and must not be taken for a double.
  insert_deduplicate: 0,
};

/** The server bounds its memory itself; this keeps one of our nodes from asking it for everything at once. */
const limits: QueryLimits = { atOnce: 8, waiting: 100, time: 60_000 };

/**
 * The warehouse of a distributed installation: a ClickHouse server, current versions. One process writes at a time,
 * since a merge joins what all partitions have told; the others read. Rejects with a {@link Problem} when the server
 * cannot be reached or used, or a newer version has written there.
 */
export async function createClickhouseWarehouse({ url }: ClickhouseOptions): Promise<Warehouse> {
  const { client, server } = connect(url);
  let changed = 'Nothing was changed.';
  try {
    await checkClickhouse(client, server);
    changed = 'Tables that were made by then stay; the next start makes the rest.';
    await migrateClickhouse(client);
  } catch (error) {
    await client.close();
    throw clickhouseProblem(error, server, changed);
  }
  const store = new ClickhouseStore(client);
  const queue = new QueryQueue(limits);
  const writes = new WriteQueue(store);
  let closing: Promise<void> | undefined;
  return {
    write: (batch) => writes.add(batch),
    erase: (scope, people) => store.erase(scope, people),
    position: (partition) => store.position(partition),
    async run<Params extends Scoped, Plain extends object, Result>(
      query: Query<Params, Plain, Result>,
      params: Params,
      { asker }: RunOptions = {},
    ) {
      const plain = await queue.run((signal) => store.run(query.clickhouse(params), params.scope, signal), asker);
      return query.finish(plain as Plain[], params);
    },
    load: () => queue.load,
    close() {
      closing ??= writes.settled().then(() => store.close());
      return closing;
    },
  };
}

function connect(url: string) {
  try {
    const client = createClient({
      url,
      application: 'gangway',
      // What goes wrong is thrown, and whoever catches it tells it once.
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: settings,
    });
    return { client, server: new URL(url).host };
  } catch {
    throw new Problem(
      'bad_clickhouse_url',
      500,
      'CLICKHOUSE_URL is not an address such as http://user:password@clickhouse.example.com:8123/gangway. Nothing was started.',
    );
  }
}
