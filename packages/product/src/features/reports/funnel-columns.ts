import type { FunnelResult } from './funnel.ts';
import type { FunnelShape } from './funnel-chains.ts';
import { spreadOf } from './spread.ts';
import { timeBetween } from './time-between.ts';

/** Rows sorted by person and order key, a column each; `steps` is the bit mask of a FunnelEvent. */
export interface FunnelColumns {
  readonly person: ArrayLike<number>;
  readonly k: ArrayLike<number>;
  readonly steps: ArrayLike<number>;
}

/**
 * An ordered funnel without exclusions, values and periods: the walk of `OrderedWalk`, without an object an event.
 * Undefined when two rows of a person have one order key and different steps, for then it matters which came first,
 * and columns do not say it.
 */
export function foldColumns(columns: FunnelColumns, shape: FunnelShape): FunnelResult | undefined {
  const tally = new Tally(shape.steps);
  const walk = new ColumnWalk(shape);
  const { person, k, steps } = columns;
  for (let row = 0; row < k.length; row++) {
    if (row > 0 && person[row] === person[row - 1]) {
      if (k[row] === k[row - 1] && steps[row] !== steps[row - 1]) return undefined;
    } else {
      if (row > 0) tally.add(person[row - 1] ?? 0, walk);
      walk.startOver();
    }
    walk.take(k[row] ?? 0, steps[row] ?? 0);
  }
  if (k.length > 0) tally.add(person[k.length - 1] ?? 0, walk);
  return tally.result();
}

/** One person's way; the same object serves all of them, one after the other. */
class ColumnWalk {
  /** How many steps the counted chain took. */
  level = 0;
  /** The order keys of the counted chain. */
  readonly best: Float64Array;
  readonly #steps: number;
  readonly #span: number;
  readonly #from: number;
  readonly #to: number;
  readonly #firstOnly: boolean;
  /** The order keys of the latest chain to each step: of step `n`, `n + 1` of them from `n * steps` on; not a number while there is none. */
  readonly #chains: Float64Array;
  #entered = false;

  constructor({ steps, window, from, to, order }: FunnelShape) {
    this.#steps = steps;
    this.#span = window * 4096 + 4095;
    this.#from = from;
    this.#to = to;
    this.#firstOnly = order.type === 'ordered' && order.entry === 'first';
    this.#chains = new Float64Array(steps * steps);
    this.best = new Float64Array(steps);
  }

  startOver(): void {
    this.level = 0;
    this.#entered = false;
    this.#chains.fill(Number.NaN);
  }

  take(k: number, met: number): void {
    for (let step = this.#steps - 1; step > 0; step--) {
      if ((met & (1 << step)) !== 0) this.#follow(step, k);
    }
    if ((met & 1) === 0 || k < this.#from || k >= this.#to || (this.#firstOnly && this.#entered)) return;
    this.#entered = true;
    this.#chains[0] = k;
    this.#count(0);
  }

  #follow(step: number, k: number): void {
    const before = (step - 1) * this.#steps;
    // Without a chain the difference is not a number, and no comparison with that holds.
    if (!(k - (this.#chains[before] ?? Number.NaN) <= this.#span)) return;
    const own = step * this.#steps;
    for (let link = 0; link < step; link++) this.#chains[own + link] = this.#chains[before + link] ?? Number.NaN;
    this.#chains[own + step] = k;
    this.#count(step);
  }

  /** The first chain that comes this far is the one that counts. */
  #count(step: number): void {
    if (step < this.level) return;
    this.level = step + 1;
    for (let link = 0; link <= step; link++) this.best[link] = this.#chains[step * this.#steps + link] ?? Number.NaN;
  }
}

class Tally {
  readonly #people: number[][];
  readonly #between: number[][];
  readonly #whole: number[] = [];

  constructor(steps: number) {
    this.#people = Array.from({ length: steps }, () => []);
    this.#between = Array.from({ length: steps - 1 }, () => []);
  }

  add(person: number, { level, best }: ColumnWalk): void {
    if (level === 0) return;
    this.#people[level - 1]?.push(person);
    for (let step = 0; step + 1 < level; step++) this.#between[step]?.push(timeBetween(best[step], best[step + 1]));
    if (level === best.length) this.#whole.push(timeBetween(best[0], best[level - 1]));
  }

  result(): FunnelResult {
    const time = spreadOf(this.#whole);
    return {
      reached: this.#people.map((_, step) => this.#people.slice(step).reduce((sum, { length }) => sum + length, 0)),
      people: this.#people,
      medianTime: time?.median ?? null,
      time,
      between: this.#between.map((durations) => spreadOf(durations)),
      groups: null,
      trend: null,
    };
  }
}
