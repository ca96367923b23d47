import { type Calendar, isOver, periodAt, periodsOf, startOfPeriod } from './calendar.ts';
import type { NamedPick } from './event-pick.ts';
import type { CountedChain, FunnelEvent, FunnelShape } from './funnel-chains.ts';
import { countChains } from './funnel-walks.ts';
import { columnsOf, compareColumns, type GroupKey, keyOf, nameOf, topValues, type ValueColumns, valueKinds } from './property-groups.ts';
import { type Spread, spreadOf } from './spread.ts';
import { timeBetween } from './time-between.ts';

/** A step is an event by name, or a milestone; both may ask for properties. */
export type FunnelStep = NamedPick;

export interface Funnel {
  readonly name: string;
  readonly steps: readonly FunnelStep[];
  /** Milliseconds from the first step within which the last one must follow. */
  readonly within: number;
}

/** By which event's value a person is sorted into a group: of the chain's first or last step, of a step (from 0), or of all, if they agree. */
export type BreakdownBy = 'first' | 'last' | 'agree' | number;

export interface FunnelSummary {
  readonly breakdown?: { readonly by: BreakdownBy; readonly top: number } | undefined;
  readonly trend?: (Calendar & { readonly asOf: number }) | undefined;
}

export interface FunnelGroup {
  readonly key: GroupKey;
  readonly reached: readonly number[];
}

/** People by the period of their chain's first event. */
export interface FunnelPeriod {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly entered: number;
  readonly converted: number;
  /** False while somebody of the period could still convert. */
  readonly complete: boolean;
}

export interface FunnelResult {
  /** People per step: how many reached at least this one. */
  readonly reached: readonly number[];
  /** Person numbers whose highest step is this one: the rows behind the figure. */
  readonly people: readonly (readonly number[])[];
  /** Median milliseconds from the start of the chain that first completes to its completion; null when nobody completed. */
  readonly medianTime: number | null;
  /** The same times, spread; null when nobody completed. */
  readonly time: Spread | null;
  /** From one step to the next on the counted chains, one entry less than steps; null where nobody went on. */
  readonly between: readonly (Spread | null)[];
  /** By value, the most people first, then the rest, those without, and those whose events disagree; null when not asked for. */
  readonly groups: readonly FunnelGroup[] | null;
  /** One entry a period; null when not asked for. */
  readonly trend: readonly FunnelPeriod[] | null;
}

/** A funnel of rows that come sorted by person and order key. */
export function foldFunnel(events: Iterable<FunnelEvent>, shape: FunnelShape, summary: FunnelSummary = {}): FunnelResult {
  const chains = countChains(events, shape);
  const time = spreadOf(chains.filter(({ level }) => level === shape.steps).map((chain) => durationOf(chain, 0, shape.steps - 1)));
  return {
    reached: reachedOf(chains, shape.steps),
    people: range(shape.steps).map((step) => chains.filter(({ level }) => level === step + 1).map(({ person }) => person)),
    medianTime: time?.median ?? null,
    time,
    between: range(shape.steps - 1).map((step) =>
      spreadOf(chains.filter(({ level }) => level > step + 1).map((chain) => durationOf(chain, step, step + 1))),
    ),
    groups: summary.breakdown ? groupsOf(chains, shape.steps, summary.breakdown) : null,
    trend: summary.trend ? trendOf(chains, shape, summary.trend) : null,
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function reachedOf(chains: readonly CountedChain[], steps: number): number[] {
  return range(steps).map((step) => chains.filter(({ level }) => level > step).length);
}

/** Milliseconds between two links of a chain. */
export function durationOf({ links }: CountedChain, from: number, to: number): number {
  return timeBetween(links[from]?.k, links[to]?.k);
}

function groupsOf(chains: readonly CountedChain[], steps: number, breakdown: NonNullable<FunnelSummary['breakdown']>): FunnelGroup[] {
  return groupChains(chains, breakdown).map(({ key, chains: own }) => ({ key, reached: reachedOf(own, steps) }));
}

/** Chains by their value, in the order in which groups are listed; see {@link FunnelResult.groups}. */
export function groupChains(
  chains: readonly CountedChain[],
  { by, top }: NonNullable<FunnelSummary['breakdown']>,
): readonly { readonly key: GroupKey; readonly chains: readonly CountedChain[] }[] {
  const byName = new Map<string, { key: GroupKey; value: ValueColumns; chains: CountedChain[] }>();
  for (const chain of chains) {
    const { key, value } = groupOf(chain, by);
    const group = byName.get(nameOf(key)) ?? { key, value, chains: [] };
    group.chains.push(chain);
    byName.set(nameOf(key), group);
  }
  const groups = [...byName.values()];
  const chosen = topValues(
    groups.map(({ value, chains: own }) => ({ value, count: own.length })),
    top,
  ).map((value) => nameOf(keyOf(value)));
  const named = chosen.flatMap((name) => byName.get(name) ?? []);
  const rest = groups.filter(({ key }) => key.type === 'value' && !chosen.includes(nameOf(key))).flatMap((group) => group.chains);
  const special = (['none', 'mixed'] as const).flatMap((type) => byName.get(type) ?? []);
  return [...named, ...(rest.length > 0 ? [{ key: { type: 'other' } as const, chains: rest }] : []), ...special];
}

const nothing: ValueColumns = { kind: valueKinds.none, text: '', number: 0 };

function groupOf({ links }: CountedChain, by: BreakdownBy): { key: GroupKey; value: ValueColumns } {
  const shown = (json: string | null | undefined) =>
    typeof json === 'string' ? columnsOf(JSON.parse(json) as string | number | boolean) : nothing;
  if (by === 'agree') {
    const values = links.map((link) => shown(link.shown));
    const [first = nothing] = values;
    if (values.some((value) => compareColumns(value, first) !== 0)) return { key: { type: 'mixed' }, value: nothing };
    return { key: keyOf(first), value: first };
  }
  const link = by === 'first' ? links[0] : by === 'last' ? links.at(-1) : links.find(({ step }) => step === by);
  const value = shown(link?.shown);
  return { key: keyOf(value), value };
}

function trendOf(chains: readonly CountedChain[], shape: FunnelShape, { asOf, ...calendar }: Calendar & { asOf: number }): FunnelPeriod[] {
  const periods = periodsOf(calendar, { from: shape.from / 4096, to: shape.to / 4096 });
  const counts = new Map<number, { entered: number; converted: number }>();
  for (const { links, level } of chains) {
    const period = periodAt(Math.floor((links[0]?.k ?? 0) / 4096), periods);
    const count = counts.get(period) ?? { entered: 0, converted: 0 };
    counts.set(period, { entered: count.entered + 1, converted: count.converted + (level === shape.steps ? 1 : 0) });
  }
  return range(periods.last - periods.first + 1).map((index) => {
    const period = periods.first + index;
    return {
      start: startOfPeriod(period, periods),
      entered: 0,
      converted: 0,
      ...counts.get(period),
      complete: isOver(period, periods, asOf - shape.window),
    };
  });
}
