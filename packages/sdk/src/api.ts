import type { JsonObject } from '@gangway/product/kernel/json.ts';

export interface IdentifyOptions {
  readonly token?: string;
}

/** What the page's own code calls. Nothing here ever throws; without a browser all of it does nothing. */
export interface Gangway {
  /**
   * Says who the user is. Another user than before takes everything of the one before off the page.
   *
   * `options.token` proves it, where the environment asks for proof: a JWT of your server, sent with every batch until
   * the next `identify`. Without `options` the user is not proved.
   */
  identify(userId: string, traits?: JsonObject, options?: IdentifyOptions): void;
  track(event: string, properties?: JsonObject): void;
  page(name?: string, properties?: JsonObject): void;
  /** Says which account the user is in; later events carry it. */
  group(groupId: string, traits?: JsonObject): void;
  alias(userId: string, previousId?: string): void;
  /** The user has signed out: a new anonymous visitor begins. */
  reset(): void;
  /** Starts a published guide that this person may see. */
  startGuide(id: string): void;
  /** Sends what waits; resolves when the server has it, or when it is kept for later. */
  flush(): Promise<void>;
}

export const methods = [
  'identify',
  'track',
  'page',
  'group',
  'alias',
  'reset',
  'startGuide',
  'flush',
] as const satisfies readonly (keyof Gangway)[];

/** Where a page's Gangway is. */
export interface InitConfig {
  readonly writeKey: string;
  /** Origin of the Gangway server, no slash at the end. */
  readonly host: string;
}

/** The API without a browser. */
export function inert(): Gangway {
  const nothing = () => {};
  return {
    identify: nothing,
    track: nothing,
    page: nothing,
    group: nothing,
    alias: nothing,
    reset: nothing,
    startGuide: nothing,
    flush: async () => {},
  };
}
