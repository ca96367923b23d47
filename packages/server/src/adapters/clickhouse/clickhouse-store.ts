import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Given, Merge, Statement, WarehouseBatch, WarehouseRow } from '@gangway/product/ports/warehouse/warehouse.ts';
import { PersonOverrides } from '../duckdb/person-overrides.ts';
import { parseableJson } from './parseable-json.ts';

/** The tables as their one writer uses them; any number of readers may have them open too. */
export class ClickhouseStore {
  readonly #client: ClickHouseClient;
  #positions = new Map<number, number>();
  #overrides = new Map<string, PersonOverrides>();
  #turn = 0;
  /** What this writer's rows carry; 0 before its first write. */
  #epoch = 0;
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

  /** Removes what is found under the persons, and resolves when it is gone from the disk of every part. */
  async erase(scope: string, people: readonly number[]): Promise<void> {
    const asked = new Set(people);
    const written = new Set(people);
    const merges = await this.run({
      text: 'select person, argMax(became, turn) as survivor from seen_overrides where scope = {p1:String} group by person',
      values: [scope],
    });
    for (const { person, survivor } of merges) {
      if (asked.has(Number(survivor))) written.add(Number(person));
      // A number that has become somebody else's is not theirs any more.
      else written.delete(Number(person));
    }
    if (written.size === 0) return;
    await this.#client.command({
      query: 'alter table events delete where scope = {scope:String} and has({people:Array(Int64)}, person)',
      query_params: { scope, people: [...written] },
      clickhouse_settings: { mutations_sync: '2' },
    });
  }

  async run({ text, values, given }: Statement, signal?: AbortSignal): Promise<Record<string, unknown>[]> {
    const run = given ? await this.#give(given) : undefined;
    const query_params = {
      ...Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value])),
      ...(run === undefined ? {} : { run }),
    };
    const result = await this.#client.query({
      query: text,
      query_params,
      format: 'JSONCompactEachRowWithNames',
      ...(signal ? { abort_signal: signal } : {}),
    });
    const [names = [], ...rows] = (await result.json()) as unknown[][];
    return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column]])));
  }

  /** Stores what a question brings along under a name of its own; the table forgets it after an hour. */
  async #give({ persons, facts }: Given): Promise<string> {
    const run = randomUUID();
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
      const overrides = this.#overrides.get(merge.scope) ?? new PersonOverrides();
      this.#overrides.set(merge.scope, overrides);
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
    const [last] = await this.run({ text: 'select max(epoch) as epoch from epochs', values: [] });
    this.#epoch = Number(last?.epoch) + 1;
    const begun = this.#positions.size > 0 ? [...this.#positions] : [[0, 0] as const];
    // One block, so that the epoch begins for all partitions or for none.
    await this.#insert(
      'epochs',
      begun.map(([partition_number, since]) => ({ epoch: this.#epoch, partition_number, since })),
    );
    await this.#readOverrides();
    this.#settled = true;
  }

  async #readOverrides(): Promise<void> {
    this.#overrides = new Map();
    this.#turn = 0;
    const merges = await this.run({
      text: 'select scope, person, argMax(became, turn) as survivor, max(turn) as latest from seen_overrides group by scope, person',
      values: [],
    });
    for (const row of merges) {
      const scope = String(row.scope);
      const overrides = this.#overrides.get(scope) ?? new PersonOverrides();
      this.#overrides.set(scope, overrides);
      overrides.restore({ person: Number(row.person), became: Number(row.survivor) });
      this.#turn = Math.max(this.#turn, Number(row.latest));
    }
  }

  #reached(partition: number): number {
    return this.#positions.get(partition) ?? 0;
  }

  async #readPositions(): Promise<Map<number, number>> {
    const rows = await this.run({
      text: 'select partition_number, max(position) as reached from bounds group by partition_number',
      values: [],
    });
    return new Map(rows.map((row) => [Number(row.partition_number), Number(row.reached)]));
  }
}

/** Throws for what the columns cannot hold, before anything is written. */
function storedRow(row: WarehouseRow) {
  if (!Number.isSafeInteger(row.k) || !Number.isSafeInteger(row.person)) {
    throw new RangeError(`row ${row.id}: order key and person are whole numbers`);
  }
  return { ...row, rewritten: parseableJson(row.properties) };
}
