/** Takes batches, all of them or none. */
interface BatchStore<Batch> {
  write(batches: readonly Batch[]): Promise<void>;
}

interface PendingWrite<Batch> {
  readonly batch: Batch;
  resolve(): void;
  reject(error: unknown): void;
}

/** Batches that come while a transaction runs share the next; a group that fails is tried one by one, so that a bad batch hurts no other. */
export class WriteQueue<Batch> {
  readonly #store: BatchStore<Batch>;
  #pending: PendingWrite<Batch>[] = [];
  #running: Promise<void> | undefined;

  constructor(store: BatchStore<Batch>) {
    this.#store = store;
  }

  /** Resolves when the batch is on disk; rejects with nothing of it stored. */
  add(batch: Batch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ batch, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0);
      const error = await this.#attempt(group);
      if (error === undefined) continue;
      if (group.length === 1) group[0]?.reject(error);
      else for (const write of group) await this.#attempt([write]).then((alone) => alone && write.reject(alone));
    }
    this.#running = undefined;
  }

  /** What went wrong, or undefined. */
  async #attempt(group: readonly PendingWrite<Batch>[]): Promise<Error | undefined> {
    try {
      await this.#store.write(group.map((write) => write.batch));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    for (const write of group) write.resolve();
    return undefined;
  }
}
