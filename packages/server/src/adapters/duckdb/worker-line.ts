import type { Worker } from 'node:worker_threads';
import type { Columns, DuckdbAnswer, DuckdbRequest } from './duckdb-messages.ts';

interface Waiting {
  resolve(value: number | Columns | null): void;
  reject(error: Error): void;
}

/** Questions to the worker and their answers. When the worker dies, all that wait are refused. */
export class WorkerLine {
  /** Resolves to what was set aside on opening, or null. */
  readonly opened: Promise<string | null>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #dead: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.opened = new Promise((resolve, reject) => {
      worker.on('message', (answer: DuckdbAnswer) => {
        if (answer.say === 'opened') resolve(answer.setAside);
        else if (answer.say === 'failed to open') this.#die(new Error(`the analytics file cannot be opened: ${answer.reason}`), reject);
        else this.#take(answer);
      });
      worker.on('error', (error) => this.#die(error instanceof Error ? error : new Error(String(error)), reject));
      worker.on('exit', () => this.#die(new Error('the analytics store is closed'), reject));
    });
  }

  ask(request: DuckdbRequest): Promise<number | Columns | null> {
    if (this.#dead) return Promise.reject(this.#dead);
    const number = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, request });
    });
  }

  async ended(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(answer: DuckdbAnswer & { number: number }): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (answer.say === 'answer') waiting?.resolve(answer.value);
    else if (answer.say === 'refusal') waiting?.reject(new Error(answer.reason));
  }

  #die(error: Error, reject: (error: Error) => void): void {
    this.#dead ??= error;
    reject(this.#dead);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#dead);
    this.#waiting.clear();
    void this.#worker.terminate();
  }
}
