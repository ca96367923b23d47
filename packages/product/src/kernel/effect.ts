import type { JsonObject } from './json.ts';

/** What the domain asks for. It performs nothing; stage 7 (deliver) does, at least once and de-duplicated by `key`. */
export type Effect =
  /** A message to a person outside the page. */
  | { readonly type: 'send'; readonly key: string; readonly message: Message }
  /** The person's manifest has changed: pages that hold a stream hear of it. */
  | { readonly type: 'show' }
  /** A new event, back to stage 1. */
  | { readonly type: 'emit'; readonly key: string; readonly event: string; readonly properties: JsonObject }
  /** Come back to this subject at `at` (milliseconds since 1970). */
  | { readonly type: 'wake'; readonly at: number };

/** A message as the courier takes it. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
