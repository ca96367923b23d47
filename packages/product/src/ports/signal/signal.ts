import type { Json } from '../../kernel/json.ts';

/** The topics and what they carry. A signal is a hint that saves a wait: losing one loses no data. */
export interface Signals {
  /** Something was appended to the log. */
  readonly log: { readonly partition: number };
  /** Something lies in the outbox. */
  readonly outbox: Record<string, never>;
  /** A batch was applied: for live screens. */
  readonly applied: {
    readonly workspace: string;
    readonly environment: string;
    readonly events: readonly Json[];
    readonly people: readonly string[];
    readonly accounts: readonly string[];
  };
  /** These people's manifests may have changed. */
  readonly manifest: { readonly workspace: string; readonly environment: string; readonly people: readonly string[] };
  /** A definition was published or killed. */
  readonly definitions: { readonly workspace: string; readonly environment: string };
  /** Rows reached the warehouse. */
  readonly projected: { readonly partition: number; readonly position: number };
}

export type Topic = keyof Signals;

/** Tells other parts of the machine, in this process or another, that something happened. At most once. */
export interface Signal {
  publish<T extends Topic>(topic: T, payload: Signals[T]): void;
  /** Returns the way to stop. A handler that throws hurts nobody else. */
  subscribe<T extends Topic>(topic: T, handler: (payload: Signals[T]) => void): () => void;
  close(): Promise<void>;
}
