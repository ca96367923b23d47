import type { LifecyclePerson } from './lifecycle.ts';

/** What a person is in a period; see LifecyclePeriod. */
export type LifecycleState = 'new' | 'returning' | 'resurrecting' | 'dormant';

/** A number of the lifecycle whose people are asked for. */
export interface LifecycleCellKey {
  /** The place of the period in the range, from 0. */
  readonly period: number;
  readonly state: LifecycleState;
}

/** What a person is in a period; null when they are nothing: not active, and not before. */
export function lifecycleStateOf({ came, active }: LifecyclePerson, period: number): LifecycleState | null {
  const before = active.includes(period - 1);
  if (!active.includes(period)) return before ? 'dormant' : null;
  if (before) return 'returning';
  return came === period ? 'new' : 'resurrecting';
}
