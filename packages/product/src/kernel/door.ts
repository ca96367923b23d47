import type { TokenFault } from './event.ts';
import type { LinkKey } from './link-key.ts';
import type { Scope } from './scope.ts';

/** Whether a claimed user id is believed (`open`, as Segment does), or needs proof (`required`). */
export type IdentityMode = 'open' | 'required';

/** Whom a token speaks for, or why it proves nothing. */
export type Proof = { readonly userId: string } | { readonly fault: TokenFault };

/** What stage 1 must know of an environment to judge who sends: asked without waiting, for each event. */
export interface Door {
  readonly mode: IdentityMode;
  /** Whether the environment has keys for identity tokens. Without any, `context.token` is the sender's own business. */
  readonly takesTokens: boolean;
  /** @param now epoch milliseconds */
  prove(token: string, now: number): Proof;
  /** Whether the person of this id was deleted. */
  erased(link: LinkKey): boolean;
  /** Counts events that came for deleted people and were refused. */
  noteLate(links: readonly LinkKey[]): Promise<void>;
}

/** The door of an environment, as of now. */
export type Doors = (scope: Scope) => Promise<Door>;

/** Everybody is believed, no token is known, nobody was deleted: an environment without settings. */
export const openDoor: Door = {
  mode: 'open',
  takesTokens: false,
  prove: () => ({ fault: 'unknown_key' }),
  erased: () => false,
  noteLate: async () => undefined,
};
