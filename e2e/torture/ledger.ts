import type { JsonObject } from '@gangway/product/kernel/json.ts';

/** What a client of the simulation knows. */
export interface Ledger {
  readonly offered: Map<string, JsonObject>;
  readonly acknowledged: Set<string>;
}
