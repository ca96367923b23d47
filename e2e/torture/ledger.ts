import type { JsonObject } from '@gangway/product/kernel/json.ts';

/** What a client of the simulation knows. */
export interface Ledger {
  readonly offered: Map<string, JsonObject>;
  readonly acknowledged: Set<string>;
}

/** An event that describes an account and names nobody. */
export function isAboutAccount(event: JsonObject): boolean {
  return event.type === 'group' && event.userId === undefined && event.anonymousId === undefined;
}
