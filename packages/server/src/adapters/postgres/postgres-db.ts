import { fnv1a } from '@gangway/product/kernel/hash.ts';
import type { Json } from '@gangway/product/kernel/json.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { type Access, type Db, formsOf, rowKey, type SqlReader, type Table, type Tx } from '@gangway/product/ports/db/db.ts';
import pg from 'pg';
import { inTransaction } from './in-transaction.ts';
import {
  getStatement,
  insertNewStatement,
  listStatement,
  putStatement,
  removeListedStatement,
  removeStatement,
  type SqlStatement,
} from './statements.ts';

/** Roles that own nothing: a request's sees its tenant, the machine's all. Made by the migrations. */
export const roles = { request: 'gangway_request', system: 'gangway_system' } as const;
/** Names are locked by stripe, so that a large batch cannot exhaust the server's lock table. */
const lockStripes = 512;
const attempts = 5;

/** Counts data statements, for benches. */
export interface StatementCounter {
  count: number;
}

/** The control database on PostgreSQL. */
export function createPostgresDb(pool: pg.Pool, counter: StatementCounter = { count: 0 }): Db & SqlReader {
  return {
    transaction: (access, work) =>
      withRetry(() =>
        inTransaction(pool, beginText(access), async (client) => {
          const statements = new Statements(client, counter);
          return work(createTx(statements)).finally(() => statements.end());
        }),
      ),
    read: (scope, text, values) =>
      inTransaction(pool, `${beginText({ as: 'request', scope })}; set transaction read only`, async (client) => {
        counter.count++;
        return (await client.query(text, [...values])).rows;
      }),
    close: () => pool.end(),
  };
}

/** One round trip opens the transaction, takes the role and names the tenant. */
function beginText(access: Access): string {
  if (access.as === 'system')
    return `begin; set local role ${roles.system}${access.redoable ? '; set local synchronous_commit = off' : ''}`;
  const { workspace, environment } = access.scope;
  return `begin; set local role ${roles.request}; set local gangway.workspace = ${pg.escapeLiteral(workspace)}; set local gangway.environment = ${pg.escapeLiteral(environment)}`;
}

/** Deadlocks and serialization failures are tried again from the start. */
async function withRetry<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if ((code !== '40P01' && code !== '40001') || attempt >= attempts) throw error;
    }
  }
}

/** The statements of one transaction: several may be on their way at the same time. */
class Statements {
  readonly #client: pg.PoolClient;
  readonly #counter: StatementCounter;
  #failed: { readonly error: unknown } | undefined;
  #ended = false;

  constructor(client: pg.PoolClient, counter: StatementCounter) {
    this.#client = client;
    this.#counter = counter;
  }

  /**
   * @param meaning of an error, when it says less than is known here
   * @throws what the first statement that failed did: those behind it are told no more than that something had failed
   */
  async run({ text, values }: SqlStatement, meaning = (error: unknown) => error): Promise<pg.QueryResult> {
    // Behind the end it would be no part of the transaction, and perhaps of the next one.
    if (this.#ended) throw new Error('the transaction is over');
    this.#counter.count++;
    try {
      return await this.#client.query({ text, values, name: nameOf(text) });
    } catch (error) {
      this.#failed ??= { error: meaning(error) };
      throw this.#failed.error;
    }
  }

  end(): void {
    this.#ended = true;
  }
}

function createTx(statements: Statements): Tx {
  const run: Statements['run'] = (statement, meaning) => statements.run(statement, meaning);
  /** Rows as declared: with what they share, and with what a form made of a column. */
  const rows = async <Row extends object>(
    table: Table<Row>,
    statement: SqlStatement,
    shared: Readonly<Record<string, unknown>> = {},
  ): Promise<Row[]> => {
    const found: Record<string, unknown>[] = (await run(statement)).rows;
    const forms = formsOf(table);
    for (const row of found) {
      for (const column in shared) row[column] = shared[column];
      for (const [column, form] of forms) row[column] = form.load(row[column] as Json);
    }
    return found as Row[];
  };
  return {
    async lock(names) {
      if (names.length === 0) return;
      await run({
        text: 'select count(pg_advisory_xact_lock(4711, stripe)) from unnest($1::int[]) stripe',
        values: [[...new Set(names.map((name) => fnv1a(name) % lockStripes))].sort((a, b) => a - b)],
      });
    },
    async get(table, keys) {
      if (keys.length === 0) return [];
      const statement = getStatement(table, keys);
      return rows(table, statement, statement.shared);
    },
    list: async (table, selection) => rows(table, listStatement(table, selection)),
    async put(table, all) {
      if (all.length === 0) return;
      refuseUndefined(table, all);
      await run(putStatement(table, all), (error) =>
        isKeyTwice(error) ? new Error(`put ${table.name}: two rows with one key`, { cause: error }) : error,
      );
    },
    async insertNew<Row extends object>(table: Table<Row>, all: readonly Row[]) {
      if (all.length === 0) return [];
      const byKey = new Map(all.map((row) => [rowKey(table, row), row] as const).reverse());
      const unique = [...byKey.values()].reverse();
      refuseUndefined(table, unique);
      const [told] = (await run(insertNewStatement(table, unique))).rows as { count: number; keys: unknown[][] | null }[];
      if (told?.count === unique.length) return unique;
      const fresh = new Set(told?.keys?.map((key) => rowKey(table, keyOf(table, key))));
      return unique.filter((row) => fresh.has(rowKey(table, row)));
    },
    remove: async (table, keys) => (keys.length === 0 ? 0 : ((await run(removeStatement(table, keys))).rowCount ?? 0)),
    removeListed: async (table, selection) => (await run(removeListedStatement(table, selection))).rowCount ?? 0,
  };
}

/** PostgreSQL's “cardinality violation”: it will not write one row twice in a statement. */
function isKeyTwice(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '21000';
}

function keyOf<Row extends object>(table: Table<Row>, values: readonly unknown[]): Partial<Row> {
  return Object.fromEntries(table.key.map((column, index) => [column, values[index]])) as Partial<Row>;
}

function refuseUndefined<Row extends object>(table: Table<Row>, rows: readonly Row[]): void {
  const columns = Object.keys(table.columns) as (keyof Row & string)[];
  for (const row of rows)
    for (const column of columns) if (row[column] === undefined) throw new Error(`put ${table.name}: column ${column} is undefined`);
}

const names = new Map<string, string>();

/** A short name for a text, so that the server keeps its plan. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** The scope of rows that belong to a workspace as a whole. */
export function workspaceScope(workspace: string): Scope {
  return { workspace, environment: '' };
}
