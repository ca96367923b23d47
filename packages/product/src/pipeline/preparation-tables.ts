import type { Json } from '../kernel/json.ts';
import type { Table } from '../ports/db/db.ts';

const definition = { workspace: 'text', environment: 'text', slice: 'text', definition: 'text' } as const;
const key = ['workspace', 'environment', 'slice', 'definition'] as const;

interface OfDefinition {
  readonly workspace: string;
  readonly environment: string;
  readonly slice: string;
  readonly definition: string;
  readonly version: number;
}

/** What a version that is about to be published asks to be counted and copied from here on. Goes when the version holds. */
export interface NeedsRow extends OfDefinition {
  /** {@link Needs} */
  readonly needs: Json;
}
export const definitionNeeds: Table<NeedsRow> = {
  name: 'definition_needs',
  kind: 'derived',
  columns: { ...definition, version: 'integer', needs: 'json' },
  key,
};

/** A version whose facts are being brought in from the past, before it is published. */
export interface PreparationRow extends OfDefinition {
  readonly needs: Json;
  /** Id and body of the log entry that publishes it in the end. */
  readonly entry: string;
  readonly everyone: boolean;
  /** `rest`: published; people whose past could not be counted yet are tried again. */
  readonly phase: 'waiting' | 'accounts' | 'people' | 'rest';
  /** The last account or person that was looked at in this pass. */
  readonly after: string;
  readonly pass: number;
  /** People looked at in this pass, and those of them whose past was not counted yet. */
  readonly looked: number;
  readonly missing: number;
  /** The last entry that was appended for it, empty = none: the next pass begins when it was applied. */
  readonly last: string;
  /** Not before this instant. */
  readonly due: number;
  /** Ids of the people whom this pass looks at, in order; null = everybody. */
  readonly among: readonly string[] | null;
  /** Ids of those whom it found uncounted: the next pass looks at them alone. Null = at everybody again. */
  readonly left: readonly string[] | null;
}
export const preparations: Table<PreparationRow> = {
  name: 'preparations',
  kind: 'source',
  columns: {
    ...definition,
    version: 'integer',
    needs: 'json',
    entry: 'text',
    everyone: 'boolean',
    phase: 'text',
    after: 'text',
    pass: 'integer',
    looked: 'integer',
    missing: 'integer',
    last: 'text',
    due: 'instant',
    among: 'json',
    left: 'json',
  },
  key,
};
