import type { Query } from '../../../../ports/warehouse/warehouse.ts';
import { meets } from '../../event-pick.ts';
import { type FunnelResult, type FunnelStep, type FunnelSummary, foldFunnel } from '../../funnel.ts';
import type { FunnelEvent, FunnelOrder, FunnelShape } from '../../funnel-chains.ts';
import { foldColumns } from '../../funnel-columns.ts';
import { clickhouse, type Dialect, duckdb, statement } from './dialect.ts';
import { heldJson } from './held-json.ts';
import { firstKeyAfter, firstKeyAt } from './order-key.ts';
import { nameOf, pickSql } from './pick-sql.ts';

/** An event that must not happen between two steps, numbered from 1. */
export interface FunnelExclusion {
  readonly event: FunnelStep;
  readonly after: number;
  readonly before: number;
}

export interface FunnelParams {
  readonly scope: string;
  /** At most 10. */
  readonly steps: readonly FunnelStep[];
  /** Step 1 lies in [from, to), epoch milliseconds; later steps may follow until `within` after it. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly within: number;
  /** What happened later is left out, epoch milliseconds; everything that is known when absent. */
  readonly asOf?: number | undefined;
  /** `ordered` when absent. */
  readonly order?: 'ordered' | 'any' | 'strict' | undefined;
  /** Which starts of an ordered funnel count; `best` when absent. */
  readonly entry?: 'best' | 'first' | undefined;
  /** For ordered funnels. */
  readonly exclusions?: readonly FunnelExclusion[] | undefined;
  /** The property that all steps of a chain must share. */
  readonly hold?: string | undefined;
  readonly breakdown?: (NonNullable<FunnelSummary['breakdown']> & { readonly property: string }) | undefined;
  readonly trend?: FunnelSummary['trend'];
}

/** A row of somebody who may have begun; JSON of the properties that were asked for, empty or null where absent. */
export interface FunnelRow {
  readonly person: number;
  readonly k: number;
  readonly steps: number;
  readonly held?: string | null;
  readonly shown?: string | null;
}

/**
 * The engine finds and sorts the rows of the people who may have begun in the period; one fold for all engines makes
 * the funnel of them, so that the answer cannot depend on the engine.
 */
export const funnelRows: Query<FunnelParams, FunnelRow, FunnelResult> = {
  name: 'funnel',
  duckdb: (params) => select(duckdb(), params),
  clickhouse: (params) => select(clickhouse(), params),
  columnar: {
    duckdb: (params) => (isPlain(params) ? selectColumns(duckdb(), params) : undefined),
    finish: (columns, params) => foldColumns(columns, shapeOf(params)),
  },
  fold(rows, params) {
    const { from, to, until } = keys(params);
    const picks = picksOf(params);
    const met = rows
      .filter((row) => row.k >= from && row.k < until)
      .map((row) => {
        const steps = picks.reduce((mask, pick, index) => (meets(row, pick) ? mask | (1 << index) : mask), 0);
        const json = (property: string | undefined) => heldJson(row.properties, property);
        return {
          kind: row.kind,
          plain: { person: row.person, k: row.k, steps, held: json(params.hold), shown: json(params.breakdown?.property) },
        };
      });
    const begins = startMask(params);
    const started = new Set(met.filter(({ plain }) => (plain.steps & begins) !== 0 && plain.k < to).map(({ plain }) => plain.person));
    return met
      .filter(({ plain, kind }) => started.has(plain.person) && (plain.steps > 0 || (params.order === 'strict' && kind === 'event')))
      .map(({ plain }) => plain);
  },
  finish: (plain, params) => foldFunnel(eventsOf(plain), shapeOf(params), { breakdown: params.breakdown, trend: params.trend }),
};

/** Rows as the walk reads them. */
export function eventsOf(plain: readonly FunnelRow[]): FunnelEvent[] {
  return plain.map(({ person, k, steps, held, shown }) => ({ person, k, steps, held: scalarJson(held), shown: scalarJson(shown) }));
}

/** What the walk needs to know of the question. */
export function shapeOf(params: FunnelParams): FunnelShape {
  const { from, to } = keys(params);
  return { steps: params.steps.length, order: orderOf(params), window: params.within, from, to, hold: params.hold !== undefined };
}

/** Order keys: step 1 in [from, to), every row below `until`. */
function keys(params: FunnelParams): { from: number; to: number; until: number } {
  const to = firstKeyAt(params.to);
  const until = to + firstKeyAt(params.within + 1);
  return { from: firstKeyAt(params.from), to, until: params.asOf === undefined ? until : Math.min(until, firstKeyAfter(params.asOf)) };
}

function orderOf({ order = 'ordered', entry = 'best', exclusions = [] }: FunnelParams): FunnelOrder {
  return order === 'ordered' ? { type: 'ordered', entry, exclusions } : { type: order };
}

function picksOf(params: FunnelParams): readonly FunnelStep[] {
  const exclusions = (params.order ?? 'ordered') === 'ordered' ? (params.exclusions ?? []) : [];
  return [...params.steps, ...exclusions.map(({ event }) => event)];
}

/** Bits of the steps with which a chain can begin. */
function startMask({ order, steps }: FunnelParams): number {
  return order === 'any' ? 2 ** steps.length - 1 : 1;
}

/** Engines write numbers and escapes differently, so the text is read and written once more. */
function scalarJson(json: string | null | undefined): string | null {
  if (json === null || json === undefined || json === '') return null;
  const value: unknown = JSON.parse(json);
  return value === null || typeof value === 'object' ? null : JSON.stringify(value);
}

/** What the columns of the rows decide: steps in order, and figures of nothing else. */
function isPlain({ order = 'ordered', exclusions = [], hold, breakdown, trend }: FunnelParams): boolean {
  return order === 'ordered' && exclusions.length === 0 && hold === undefined && breakdown === undefined && trend === undefined;
}

function select(dialect: Dialect, params: FunnelParams) {
  const { from, to, until } = keys(params);
  const met = picksOf(params).map((pick) => pickSql(dialect, pick));
  const begins = params.order === 'any' ? met.slice(0, params.steps.length).join(' or ') : met[0];
  const json = (property: string | undefined, column: string) => (property === undefined ? '' : `, ${dialect.json(property)} as ${column}`);
  const scope = dialect.text(params.scope);
  return statement(
    dialect,
    `select person, k, ${maskSql(dialect, met)} as steps${json(params.hold, 'held')}${json(params.breakdown?.property, 'shown')}
      ${readSql(dialect, params, met)}
        and person in (select person from rows where scope = ${scope} and k >= ${from} and k < ${Math.min(to, until)} and (${begins}))
      order by person, k, id`,
  );
}

/**
 * Without the ids that order equal keys: to read and sort them costs more than all the rest. People who do not begin
 * stay in, for the walk leaves them out for less than a look at who they are.
 */
function selectColumns(dialect: Dialect, params: FunnelParams) {
  const met = picksOf(params).map((pick) => pickSql(dialect, pick));
  return statement(
    dialect,
    `select person, k::double as k, ${maskSql(dialect, met)} as steps ${readSql(dialect, params, met)} order by person, rows.k`,
  );
}

function maskSql(dialect: Dialect, met: readonly string[]): string {
  const bits = met.map((condition, index) => `case when ${condition} then ${1 << index} else 0 end`).join(' + ');
  return dialect.engine === 'clickhouse' ? `toUInt32(${bits})` : bits;
}

/** The rows that meet a step or an exclusion; of a strict funnel, also the events between. */
function readSql(dialect: Dialect, params: FunnelParams, met: readonly string[]): string {
  const { from, until } = keys(params);
  const inRange = `from rows where scope = ${dialect.text(params.scope)} and k >= ${from} and k < ${until}`;
  if (params.order === 'strict') return `${inRange} and (${[...met, "kind = 'event'"].join(' or ')})`;
  // Said once more for all steps together, so that engines skip other names before they look closer.
  const names = picksOf(params).map((pick) => dialect.text(nameOf(pick)));
  return `${inRange} and name in (${names.join(', ')}) and (${met.join(' or ')})`;
}
