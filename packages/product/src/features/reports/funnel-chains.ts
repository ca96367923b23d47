/** A row as the walk sees it. `steps` is a bit mask: step 1 = bit 0, and behind the steps one bit an exclusion. */
export interface FunnelEvent {
  readonly person: number;
  readonly k: number;
  readonly steps: number;
  /** The value that has to stay the same, as JSON; null where it is absent. */
  readonly held: string | null;
  /** The value by which the funnel is broken down, as JSON; null where it is absent. */
  readonly shown: string | null;
}

/** An event that clears what lies between two steps (numbered from 1): a chain past `after` that has not reached `before`. */
export interface Exclusion {
  readonly after: number;
  readonly before: number;
}

export type FunnelOrder =
  /** Other events may lie between. `best`: who starts again counts with the best chain; `first`: only the first start counts. */
  | { readonly type: 'ordered'; readonly entry: 'best' | 'first'; readonly exclusions: readonly Exclusion[] }
  /** All steps within one window, in whatever order; a level is a number of steps. */
  | { readonly type: 'any' }
  /** Nothing may lie between the steps. */
  | { readonly type: 'strict' };

export interface FunnelShape {
  readonly steps: number;
  readonly order: FunnelOrder;
  /** Milliseconds, end included. */
  readonly window: number;
  /** Order keys: the first event of a chain lies in [from, to). */
  readonly from: number;
  readonly to: number;
  /** Whether the steps of a chain must share one held value. */
  readonly hold: boolean;
}

/** A step that was taken, and the ones before it. */
export interface Link {
  /** From 0. */
  readonly step: number;
  readonly k: number;
  readonly shown: string | null;
  readonly previous: Link | undefined;
  /** Order key of the chain's first event. */
  readonly start: number;
}

/** The chain by which a person is counted: the first one that reached their highest level. */
export interface CountedChain {
  readonly person: number;
  /** How many steps were taken, at least 1. */
  readonly level: number;
  /** In the order in which they were taken. */
  readonly links: readonly Link[];
}

/** What a kind of order does with one person's events, in their order. */
export interface Walk {
  take(event: FunnelEvent): void;
  /** Undefined while no chain was begun. */
  readonly best: readonly Link[] | undefined;
}

export function isWithin(shape: FunnelShape, start: number, k: number): boolean {
  return k - start <= shape.window * 4096 + 4095;
}

export function mayStart(shape: FunnelShape, k: number): boolean {
  return k >= shape.from && k < shape.to;
}

export function meetsStep(event: FunnelEvent, step: number): boolean {
  return (event.steps & (1 << step)) !== 0;
}

export function linkTo(previous: Link | undefined, step: number, event: FunnelEvent): Link {
  return { step, k: event.k, shown: event.shown, previous, start: previous?.start ?? event.k };
}

/** A chain from its last link, in order. */
export function linksTo(last: Link): readonly Link[] {
  const links: Link[] = [];
  for (let link: Link | undefined = last; link; link = link.previous) links.push(link);
  return links.reverse();
}
