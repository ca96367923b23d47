import type { Leaving } from '@gangway/product/kernel/leaving.ts';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { WarehouseLoad } from '@gangway/product/ports/warehouse/warehouse.ts';

export interface QueryLimits {
  /** Questions that run at a time; the others wait in their order. */
  readonly atOnce: number;
  /** Questions that may wait; one more is refused with `queries_busy`. */
  readonly waiting: number;
  /** Milliseconds that one may run; then it is ended with `query_too_long`. */
  readonly time: number;
}

/**
 * The line in which questions to a warehouse stand. One whose asker has gone leaves the line, or is ended where it
 * runs, with `query_left`. A place in the line is free again when the engine has let go, not when it was told to.
 */
export class QueryQueue {
  readonly #limits: QueryLimits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: QueryLimits) {
    this.#limits = limits;
  }

  get load(): WarehouseLoad {
    return { running: this.#running, waiting: this.#waiting.length };
  }

  /** @param work must end soon after its signal, by whatever it likes to throw */
  async run<T>(work: (signal: AbortSignal) => Promise<T>, asker?: Leaving): Promise<T> {
    await this.#enter(asker);
    const ending = new AbortController();
    const end = (problem: Problem) => () => ending.abort(problem);
    const leave = end(left());
    asker?.addEventListener('abort', leave);
    const timer = setTimeout(end(tooLong(this.#limits.time)), this.#limits.time);
    try {
      return await work(ending.signal);
    } catch (error) {
      throw ending.signal.aborted ? ending.signal.reason : error;
    } finally {
      clearTimeout(timer);
      asker?.removeEventListener('abort', leave);
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** Resolves when the turn has come. */
  async #enter(asker: Leaving | undefined): Promise<void> {
    if (asker?.aborted) throw left();
    if (this.#running >= this.#limits.atOnce) {
      if (this.#waiting.length >= this.#limits.waiting) throw busy(this.#waiting.length);
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          asker?.removeEventListener('abort', leave);
          // Taken here and not by whoever wakes: between the two somebody else could slip in.
          this.#running++;
          resolve();
        };
        const leave = () => {
          const place = this.#waiting.indexOf(turn);
          if (place >= 0) this.#waiting.splice(place, 1);
          reject(left());
        };
        asker?.addEventListener('abort', leave);
        this.#waiting.push(turn);
      });
    } else this.#running++;
  }
}

function left(): Problem {
  return new Problem('query_left', 499, 'The question was ended because nobody waits for its answer. Nothing was changed.');
}

function tooLong(time: number): Problem {
  const seconds = Math.round(time / 1000);
  return new Problem(
    'query_too_long',
    422,
    `Counting took longer than ${seconds} seconds and was ended. Nothing was changed. Take a shorter range, or fewer steps or groups.`,
    { seconds },
  );
}

function busy(waiting: number): Problem {
  return new Problem('queries_busy', 503, `${waiting} questions wait already. Nothing was changed; ask again in a few seconds.`, {
    retryAfter: 5,
  });
}
