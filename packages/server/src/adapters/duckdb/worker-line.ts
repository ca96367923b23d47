import type { Worker } from 'node:worker_threads';
import type { AnswerValue, DuckdbAnswer, DuckdbQuestion, DuckdbRequest } from './duckdb-messages.ts';
import { buffersOf } from './packed-rows.ts';

interface Waiting {
  resolve(value: AnswerValue): void;
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

  /** @param told takes sentences for the operator */
  constructor(worker: Worker, told: (sentence: string) => void) {
    this.#worker = worker;
    this.opened = new Promise((resolve, reject) => {
      worker.on('message', (answer: DuckdbAnswer) => {
        if (answer.say === 'opened') resolve(answer.setAside);
        else if (answer.say === 'failed to open') this.#die(new Error(`the analytics file cannot be opened: ${answer.reason}`), reject);
        else if (answer.say === 'told') told(answer.sentence);
        else this.#take(answer);
      });
      worker.on('error', (error) => this.#die(error instanceof Error ? error : new Error(String(error)), reject));
      worker.on('exit', () => this.#die(new Error('the analytics store is closed'), reject));
    });
  }

  ask(request: DuckdbRequest): Promise<AnswerValue> {
    return this.#send(request).answer;
  }

  /** Rejects soon after the signal, when the engine has let go of the statement. */
  async question(question: DuckdbQuestion, signal: AbortSignal): Promise<AnswerValue> {
    const { number, answer } = this.#send(question);
    let again: NodeJS.Timeout | undefined;
    const interrupt = () => {
      const tell = () => void this.ask({ ask: 'interrupt', run: number }).catch(() => undefined);
      tell();
      // An engine that is just about to begin forgets what it was told before.
      again = setInterval(tell, 250);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      return await answer;
    } finally {
      signal.removeEventListener('abort', interrupt);
      clearInterval(again);
    }
  }

  #send(request: DuckdbRequest): { number: number; answer: Promise<AnswerValue> } {
    const number = ++this.#asked;
    if (this.#dead) return { number, answer: Promise.reject(this.#dead) };
    const answer = new Promise<AnswerValue>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, request }, request.ask === 'write' ? buffersOf(request.batch.rows) : []);
    });
    return { number, answer };
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
