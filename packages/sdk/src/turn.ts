import type { Lock } from './lock.ts';

/** The right to show a guide that starts by itself. One tab has it at a time. */
export class Turn {
  mine = false;
  readonly #lock: Lock;
  #release: (() => void) | undefined;

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** Waits for the turn; `came` is called once it is ours. Asking again while waiting does nothing. */
  ask(came: () => void): void {
    this.#release ??= this.#lock('guide', () => {
      this.mine = true;
      came();
    });
  }

  /** Gives it up, or stops waiting. */
  end(): void {
    this.#release?.();
    this.#release = undefined;
    this.mine = false;
  }
}
