import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Entry } from '@gangway/product/kernel/entry.ts';
import { JetStreamApiCodes, JetStreamApiError, type JetStreamClient, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { subjectOf } from './open-stream.ts';

/** What a message of the stream holds. */
export interface StoredBatch {
  /** The instant of the append, for all its entries. */
  readonly at: number;
  readonly entries: readonly Entry[];
}

export interface PartitionWriterOptions {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly clock: Clock;
  readonly stream: string;
  readonly partition: number;
  /** Milliseconds for which a publish is tried again. */
  readonly patience: number;
}

/**
 * Publishes to one partition. Every message names the position it follows, so that of several nodes one wins and
 * the others look at what it wrote: their instants then do not go back.
 */
export class PartitionWriter {
  readonly #options: PartitionWriterOptions;
  readonly #subject: string;
  /** Position and instant of the newest message we know of; undefined until it was looked up. */
  #newest: { position: number; at: number } | undefined;

  constructor(options: PartitionWriterOptions) {
    this.#options = options;
    this.#subject = subjectOf(options.stream, options.partition);
  }

  /** Resolves to the position. Safe to call again with the same id: the server keeps one copy. */
  async publish(id: string, entries: string): Promise<number> {
    const until = performance.now() + this.#options.patience;
    for (;;) {
      try {
        return await this.#attempt(id, entries);
      } catch (error) {
        this.#newest = this.#newest && { position: -1, at: this.#newest.at };
        if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence) continue;
        if (isFinal(error) || performance.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** The position of the newest message, 0 when there is none. */
  async end(): Promise<number> {
    const found = await newestMessage(this.#options.manager, this.#options.stream, this.#subject);
    return found?.seq ?? 0;
  }

  async #attempt(id: string, entries: string): Promise<number> {
    const newest = await this.#look();
    const at = Math.max(this.#options.clock.now(), newest.at);
    const answer = await this.#options.client.publish(this.#subject, `{"at":${at},"entries":${entries}}`, {
      msgID: id,
      expect: { lastSubjectSequence: newest.position },
      timeout: 5000,
      retries: 1,
    });
    // A duplicate answers with the position of the first copy, which may be followed by others.
    if (answer.duplicate) this.#newest = { position: -1, at: newest.at };
    else this.#newest = { position: answer.seq, at };
    return answer.seq;
  }

  async #look(): Promise<{ position: number; at: number }> {
    if (this.#newest && this.#newest.position >= 0) return this.#newest;
    const found = await newestMessage(this.#options.manager, this.#options.stream, this.#subject);
    const at = Math.max(this.#newest?.at ?? 0, found ? found.json<StoredBatch>().at : 0);
    this.#newest = { position: found?.seq ?? 0, at };
    return this.#newest;
  }
}

/** The server's number for a stream that has reached its limit; it comes as a passing fault, but trying again frees nothing. */
const streamIsFull = 10077;

function isFinal(error: unknown): boolean {
  return error instanceof JetStreamApiError && (error.status < 500 || error.code === streamIsFull);
}

/** Asked of the stream's leader, so that it is the newest of all and not of a replica. */
function newestMessage(manager: JetStreamManager, stream: string, subject: string): Promise<StoredMsg | null> {
  return manager.streams.getMessage(stream, { last_by_subj: subject });
}
