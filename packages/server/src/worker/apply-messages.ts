import type { Signals, Topic } from '@gangway/product/ports/signal/signal.ts';
import type { ThreadStoreSettings } from '../presets/thread-store.ts';

/** What the thread that applies is started with. */
export interface ApplyOrder {
  readonly partition: number;
  readonly store: ThreadStoreSettings;
}

/** What it is told. */
export type ApplyRequest = 'kick' | 'stop';

/** A signal on its way to another thread. */
export type Telling = { readonly [T in Topic]: { readonly topic: T; readonly payload: Signals[T] } }[Topic];

/** What it says. */
export type ApplyAnswer =
  /** A step has ended: whether it applied something, and what live screens, pages and loops are to hear, in order. */
  | { readonly say: 'stepped'; readonly applied: boolean; readonly tellings: readonly Telling[] }
  /** Something went wrong; it goes on. */
  | { readonly say: 'report'; readonly error: unknown; readonly what: string };
