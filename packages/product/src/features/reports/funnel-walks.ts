import {
  type CountedChain,
  type FunnelEvent,
  type FunnelShape,
  isWithin,
  type Link,
  linksTo,
  linkTo,
  mayStart,
  meetsStep,
  type Walk,
} from './funnel-chains.ts';

/**
 * Who took which steps. Events come sorted by person and order key. Where a value is held, each of its values has
 * a walk of its own, events without it are left out, and a person counts with the walk that went furthest.
 */
export function countChains(events: Iterable<FunnelEvent>, shape: FunnelShape): CountedChain[] {
  const counted: CountedChain[] = [];
  let person: number | undefined;
  let walks = new Map<string | null, Walk>();
  const close = () => {
    const best = furthest(walks.values());
    if (person !== undefined && best) counted.push({ person, level: best.length, links: best });
  };
  for (const event of events) {
    if (event.person !== person) {
      close();
      person = event.person;
      walks = new Map();
    }
    const partition = shape.hold ? event.held : null;
    if (shape.hold && partition === null) continue;
    let walk = walks.get(partition);
    if (!walk) {
      walk = startWalk(shape);
      walks.set(partition, walk);
    }
    walk.take(event);
  }
  close();
  return counted;
}

/** The most steps; of equal ones the one that was through first. */
function furthest(walks: Iterable<Walk>): readonly Link[] | undefined {
  let best: readonly Link[] | undefined;
  for (const { best: links } of walks) {
    if (!links) continue;
    const earlier = (links.at(-1)?.k ?? 0) < (best?.at(-1)?.k ?? 0);
    if (!best || links.length > best.length || (links.length === best.length && earlier)) best = links;
  }
  return best;
}

function startWalk(shape: FunnelShape): Walk {
  if (shape.order.type === 'any') return new AnyOrderWalk(shape);
  return shape.order.type === 'strict' ? new StrictWalk(shape) : new OrderedWalk(shape);
}

/** Going down the steps keeps one event from serving two of them; the latest start is best, for starts never decrease. */
class OrderedWalk implements Walk {
  readonly #shape: FunnelShape;
  readonly #reached: (Link | undefined)[] = [];
  #entered = false;
  #last: Link | undefined;

  constructor(shape: FunnelShape) {
    this.#shape = shape;
  }

  get best(): readonly Link[] | undefined {
    return this.#last && linksTo(this.#last);
  }

  take(event: FunnelEvent): void {
    for (let step = this.#shape.steps - 1; step >= 0; step--) {
      this.#clearBefore(step, event);
      if (!meetsStep(event, step)) continue;
      const link = step === 0 ? this.#begin(event) : this.#follow(step, event);
      if (!link) continue;
      this.#reached[step] = link;
      if (step > (this.#last?.step ?? -1)) this.#last = link;
    }
  }

  /** An exclusion between steps a and b comes after b was served and before what lies below is: it is strictly between. */
  #clearBefore(step: number, event: FunnelEvent): void {
    const { order, steps } = this.#shape;
    if (order.type !== 'ordered') return;
    for (const [index, { after, before }] of order.exclusions.entries()) {
      if (before - 2 !== step || !meetsStep(event, steps + index)) continue;
      for (let cleared = after - 1; cleared <= before - 2; cleared++) this.#reached[cleared] = undefined;
    }
  }

  #begin(event: FunnelEvent): Link | undefined {
    const { order } = this.#shape;
    if (!mayStart(this.#shape, event.k)) return undefined;
    if (this.#entered && order.type === 'ordered' && order.entry === 'first') return undefined;
    this.#entered = true;
    return linkTo(undefined, 0, event);
  }

  #follow(step: number, event: FunnelEvent): Link | undefined {
    const previous = this.#reached[step - 1];
    return previous && isWithin(this.#shape, previous.start, event.k) ? linkTo(previous, step, event) : undefined;
  }
}

/**
 * Keeps the latest event of each step; an event serves the one of its steps that waits longest. From the end of the
 * range on nothing begins, so the latest of the range stay, beside the first of each step that came after them.
 */
class AnyOrderWalk implements Walk {
  readonly #shape: FunnelShape;
  readonly #latest = new Map<number, Link>();
  readonly #afterwards = new Map<number, Link>();
  best: readonly Link[] | undefined;

  constructor(shape: FunnelShape) {
    this.#shape = shape;
  }

  take(event: FunnelEvent): void {
    if (event.k < this.#shape.from || this.best?.length === this.#shape.steps) return;
    const begins = mayStart(this.#shape, event.k);
    const step = this.#longestWaiting(event, begins);
    if (step === undefined) return;
    (begins ? this.#latest : this.#afterwards).set(step, linkTo(undefined, step, event));
    // The earliest that is still inside has the most steps; of those that have as many the latest counts.
    const starts = [...this.#latest.values()].filter(({ k }) => isWithin(this.#shape, k, event.k)).sort((a, b) => b.k - a.k);
    const most = this.#linksFrom(starts.at(-1)).length;
    if (most > (this.best?.length ?? 0)) this.best = starts.map((start) => this.#linksFrom(start)).find(({ length }) => length === most);
  }

  #longestWaiting(event: FunnelEvent, begins: boolean): number | undefined {
    const age = (step: number) => this.#latest.get(step)?.k ?? Number.NEGATIVE_INFINITY;
    let oldest: number | undefined;
    for (let step = 0; step < this.#shape.steps; step++) {
      if (!meetsStep(event, step) || (!begins && this.#afterwards.has(step))) continue;
      if (oldest === undefined || age(step) < age(oldest)) oldest = step;
    }
    return oldest;
  }

  /** One event a step, none before the start. */
  #linksFrom(start: Link | undefined): readonly Link[] {
    const links: Link[] = [];
    if (!start) return links;
    for (let step = 0; step < this.#shape.steps; step++) {
      const latest = this.#latest.get(step);
      const link = latest && latest.k >= start.k ? latest : this.#afterwards.get(step);
      if (link) links.push(link);
    }
    return links.sort((a, b) => a.k - b.k || a.step - b.step);
  }
}

/** Each event must carry a chain on or ends it. */
class StrictWalk implements Walk {
  readonly #shape: FunnelShape;
  #open: readonly Link[] = [];
  #last: Link | undefined;

  constructor(shape: FunnelShape) {
    this.#shape = shape;
  }

  get best(): readonly Link[] | undefined {
    return this.#last && linksTo(this.#last);
  }

  take(event: FunnelEvent): void {
    const carried = this.#open
      .filter((link) => meetsStep(event, link.step + 1) && isWithin(this.#shape, link.start, event.k))
      .map((link) => linkTo(link, link.step + 1, event));
    const begun = meetsStep(event, 0) && mayStart(this.#shape, event.k) ? [linkTo(undefined, 0, event)] : [];
    const all = [...carried, ...begun];
    for (const link of all) if (link.step > (this.#last?.step ?? -1)) this.#last = link;
    this.#open = all.filter((link) => link.step < this.#shape.steps - 1);
  }
}
