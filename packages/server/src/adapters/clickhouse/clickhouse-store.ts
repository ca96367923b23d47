import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Given, Merge, Statement, WarehouseBatch, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { overridesOf, PersonOverrides } from '../duckdb/person-overrides.ts';
import { parseableJson } from './parseable-json.ts';
import { type Bound, overSeenRows } from './seen-rows.ts';

/** The tables as their one writer uses them; any number of readers may have them open too. */
export class ClickhouseStore {
  readonly #client: ClickHouseClient;
  #positions = new Map<number, number>();
  #overrides = new Map<string, PersonOverrides>();
  #turn = 0;
  /** What this writer's rows carry; 0 before its first write. */
  #epoch = 0;
  /** The epoch has begun and no row was sent under it: only then may a further try go on with it. */
  #unused = false;
  /** What is stored and in memory agree; false before the first write, and after one that failed. */
  #settled = false;

  /** The tables are there, see `migrateClickhouse`. Only a write begins an epoch: a reader changes nothing. */
  constructor(client: ClickHouseClient) {
    this.#client = client;
  }

  async position(partition: number): Promise<number> {
    if (!this.#settled) this.#positions = await this.#readPositions();
    return this.#reached(partition);
  }

  /** Takes the batches whose positions are new. One call at a time. */
  async write(batches: readonly WarehouseBatch[]): Promise<void> {
    if (!this.#settled) await this.#settle();
    const reached = new Map<number, number>();
    const fresh = batches.filter(({ partition, position }) => {
      if (position <= (reached.get(partition) ?? this.#reached(partition))) return false;
      reached.set(partition, position);
      return true;
    });
    if (fresh.length === 0) return;
    const rows = fresh.flatMap((batch) => batch.rows.map((row) => ({ ...storedRow(row), ...this.#placeOf(batch) })));
    this.#settled = false;
    this.#unused = false;
    await this.#insert('events', rows);
    await this.#insert(
      'overrides',
      fresh.flatMap((batch) => this.#merge(batch)),
    );
    // One row a partition in one block: from here on the batches are seen, all of them.
    await this.#insert(
      'positions',
      [...reached].map(([partition_number, position]) => ({ partition_number, epoch: this.#epoch, position })),
    );
    for (const [partition, position] of reached) this.#positions.set(partition, position);
    this.#settled = true;
  }

  /**
   * Removes what is found under the persons, also from what questions of the scope have brought along. Resolves when
   * no query finds it any more; ClickHouse deletes the files of the old parts some minutes later.
   */
  async erase(scope: string, people: readonly number[]): Promise<void> {
    const { overrides } = await this.#readMerges(scope);
    const merged = overrides.get(scope) ?? new PersonOverrides();
    const written = people.flatMap((person) => merged.numbersOf(person));
    if (written.length === 0) return;
    await this.#delete('events', 'scope = {scope:String}', { scope, written });
    await this.#delete('given_subjects', 'startsWith(run, {scope:String})', { scope: runsOf(scope), written });
  }

  async #delete(table: string, where: string, query_params: { scope: string; written: readonly number[] }): Promise<void> {
    await this.#client.command({
      query: `alter table ${table} delete where ${where} and has({written:Array(Int64)}, person)`,
      query_params,
      clickhouse_settings: { mutations_sync: '2' },
    });
  }

  /** @param scope of the question, under which lies what it brings along */
  async run({ text, values, given }: Statement, scope: string, signal: AbortSignal): Promise<Record<string, unknown>[]> {
    const run = given ? { run: await this.#give(scope, given) } : {};
    const bounds = (await this.#read('select epoch, partition_number, position from bounds', {}, signal)) as unknown as Bound[];
    const own = Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value]));
    return this.#read(overSeenRows(text, bounds), { ...own, ...run, rows_scope: scope }, signal);
  }

  async #read(query: string, query_params: Record<string, unknown> = {}, signal?: AbortSignal): Promise<Record<string, unknown>[]> {
    const format = 'JSONCompactEachRowWithNames';
    const result = await this.#client.query({ query, query_params, format, ...(signal ? { abort_signal: signal } : {}) });
    const [names = [], ...rows] = (await result.json()) as unknown[][];
    return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column]])));
  }

  /** Stores what a question brings along under a name of its own. After an hour ClickHouse may forget it, and does when it next merges. */
  async #give(scope: string, { persons, facts }: Given): Promise<string> {
    const run = `${runsOf(scope)}${randomUUID()}`;
    await this.#insert(
      'given_subjects',
      persons.map((person, index) => {
        const json = facts[index] ?? '{}';
        return { run, person, facts: parseableJson(json) || json };
      }),
    );
    return run;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #merge(batch: WarehouseBatch) {
    return batch.merges.flatMap((merge: Merge) => {
      const overrides = overridesOf(this.#overrides, merge.scope);
      const turn = ++this.#turn;
      const where = { turn, ...this.#placeOf(batch) };
      return overrides.merge(merge.from, merge.to).map((override) => ({ scope: merge.scope, ...override, ...where }));
    });
  }

  async #insert(table: string, values: readonly object[]): Promise<void> {
    if (values.length > 0) await this.#client.insert({ table, values, format: 'JSONEachRow' });
  }

  #placeOf({ partition, position }: WarehouseBatch) {
    return { partition_number: partition, epoch: this.#epoch, position };
  }

  /** Begins an epoch, with which unconfirmed rows are out of sight for good, and reads again what the writer knows by heart. */
  async #settle(): Promise<void> {
    this.#positions = await this.#readPositions();
    const [last] = await this.#read('select max(epoch) as epoch from epochs');
    const latest = Number(last?.epoch);
    if (!this.#unused || latest !== this.#epoch) await this.#begin(latest + 1);
    const { overrides, turn } = await this.#readMerges();
    this.#overrides = overrides;
    this.#turn = turn;
    this.#settled = true;
  }

  async #begin(epoch: number): Promise<void> {
    this.#unused = false;
    this.#epoch = epoch;
    const begun = this.#positions.size > 0 ? [...this.#positions] : [[0, 0] as const];
    // One block, so that the epoch begins for all partitions or for none.
    await this.#insert(
      'epochs',
      begun.map(([partition_number, since]) => ({ epoch, partition_number, since })),
    );
    this.#unused = true;
  }

  /** By scope, who has become whom, and the turn of the last merge; of one scope or of all. */
  async #readMerges(scope?: string): Promise<{ overrides: Map<string, PersonOverrides>; turn: number }> {
    const overrides = new Map<string, PersonOverrides>();
    let turn = 0;
    const [where, params] = scope === undefined ? ['', {}] : [' where scope = {scope:String}', { scope }];
    const merges = await this.#read(
      `select scope, person, argMax(became, turn) as survivor, max(turn) as latest from seen_overrides${where} group by scope, person`,
      params,
    );
    for (const row of merges) {
      overridesOf(overrides, String(row.scope)).restore({ person: Number(row.person), became: Number(row.survivor) });
      turn = Math.max(turn, Number(row.latest));
    }
    return { overrides, turn };
  }

  #reached(partition: number): number {
    return this.#positions.get(partition) ?? 0;
  }

  async #readPositions(): Promise<Map<number, number>> {
    const rows = await this.#read('select partition_number, max(position) as reached from bounds group by partition_number');
    return new Map(rows.map((row) => [Number(row.partition_number), Number(row.reached)]));
  }
}

/** What the runs of a scope begin with; no scope holds a blank. */
function runsOf(scope: string): string {
  return `${scope} `;
}

/** Throws for what the columns cannot hold, before anything is written. */
function storedRow(row: WarehouseRow) {
  if (!Number.isSafeInteger(row.k) || !Number.isSafeInteger(row.person)) {
    throw new RangeError(`row ${row.id}: order key and person are whole numbers`);
  }
  return { ...row, rewritten: parseableJson(row.properties) };
}
