import { periodAt, periodsOf } from './calendar.ts';
import { durationOf, type FunnelSummary, groupChains } from './funnel.ts';
import type { CountedChain, FunnelShape } from './funnel-chains.ts';
import { type GroupKey, nameOf } from './property-groups.ts';

/** A number of a funnel whose people are asked for. Parts that are absent do not narrow. */
export interface FunnelCell {
  /** From 0. */
  readonly step: number;
  /** Came at least to the step, or reached the one before it and not the step itself. */
  readonly went: 'reached' | 'dropped';
  /** A group of the breakdown. */
  readonly group?: GroupKey | undefined;
  /** The place of a period in the trend, from 0. */
  readonly period?: number | undefined;
  /** Took at least `from` and less than `to` milliseconds to the last step; an open end is null. */
  readonly took?: { readonly from: number; readonly to: number | null } | undefined;
}

/** Person numbers behind a number of a funnel, ascending. */
export function peopleOfFunnelCell(
  chains: readonly CountedChain[],
  { shape, summary, cell }: { shape: FunnelShape; summary: FunnelSummary; cell: FunnelCell },
): number[] {
  const { group, period, took } = cell;
  const { breakdown, trend } = summary;
  const grouped = group && breakdown ? chainsOfGroup(chains, breakdown, group) : chains;
  const periods = trend && period !== undefined ? periodsOf(trend, { from: shape.from / 4096, to: shape.to / 4096 }) : undefined;
  return grouped
    .filter(({ level }) => (cell.went === 'reached' ? level > cell.step : level === cell.step))
    .filter(({ links }) => !periods || periodAt(Math.floor((links[0]?.k ?? 0) / 4096), periods) === periods.first + (period ?? 0))
    .filter((chain) => !took || (chain.level === shape.steps && isIn(durationOf(chain, 0, shape.steps - 1), took)))
    .map(({ person }) => person)
    .sort((a, b) => a - b);
}

function chainsOfGroup(chains: readonly CountedChain[], breakdown: NonNullable<FunnelSummary['breakdown']>, group: GroupKey) {
  return groupChains(chains, breakdown).find(({ key }) => nameOf(key) === nameOf(group))?.chains ?? [];
}

function isIn(duration: number, { from, to }: { from: number; to: number | null }): boolean {
  return duration >= from && (to === null || duration < to);
}
