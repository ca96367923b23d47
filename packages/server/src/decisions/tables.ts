import type { Json } from '@gangway/product/kernel/json.ts';
import type { DecisionVerdict } from '@gangway/product/pipeline/holdout.ts';
import type { Table } from '@gangway/product/ports/db/db.ts';

/**
 * What was decided about a content for a person, now and before: it says when a page asked, which no log knows, so
 * it cannot be derived.
 */
export interface DecisionRow {
  readonly workspace: string;
  readonly environment: string;
  readonly slice: string;
  readonly definition: string;
  readonly person: string;
  readonly verdict: DecisionVerdict;
  readonly version: number;
  /** Since when it is so. */
  readonly at: number;
  /** When the person was first withheld, to be counted once; null = never. */
  readonly withheldAt: number | null;
  /** The latest changes, the newest first: `Transition[]`. */
  readonly history: Json;
}
export const decisions: Table<DecisionRow> = {
  name: 'decisions',
  kind: 'source',
  columns: {
    workspace: 'text',
    environment: 'text',
    slice: 'text',
    definition: 'text',
    person: 'text',
    verdict: 'text',
    version: 'integer',
    at: 'instant',
    withheldAt: 'instant',
    history: 'json',
  },
  key: ['workspace', 'environment', 'slice', 'definition', 'person'],
};
