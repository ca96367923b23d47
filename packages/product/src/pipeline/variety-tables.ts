import type { Json } from '../kernel/json.ts';
import type { Table } from '../ports/db/db.ts';
import type { CappedWord, VarietyCaps } from './variety.ts';

interface Scoped {
  readonly workspace: string;
  readonly environment: string;
}
const scoped = { workspace: 'text', environment: 'text' } as const;
const scopeColumns = ['workspace', 'environment'] as const;

/** How many different names, keys and people an environment may have; absent = the defaults. */
export interface VarietyCapsRow extends Scoped, VarietyCaps {}
export const varietyCaps: Table<VarietyCapsRow> = {
  name: 'variety_caps',
  kind: 'source',
  columns: { ...scoped, eventNames: 'integer', propertiesPerEvent: 'integer', people: 'integer' },
  key: [...scopeColumns],
};

/** The words that an environment knows: names of events in the row `''`, keys of properties in the row of their event. */
export interface VocabularyRow extends Scoped {
  readonly of: string;
  readonly words: Json;
}
export const vocabularies: Table<VocabularyRow> = {
  name: 'vocabularies',
  kind: 'source',
  columns: { ...scoped, of: 'text', words: 'json' },
  key: [...scopeColumns, 'of'],
};

/** What was one too many, and how often. The word `''` stands for those that are not listed by themselves. */
export interface CappedWordRow extends Scoped, CappedWord {
  readonly firstAt: number;
  readonly lastAt: number;
}
export const cappedWords: Table<CappedWordRow> = {
  name: 'capped_words',
  kind: 'source',
  columns: { ...scoped, kind: 'text', of: 'text', word: 'text', count: 'integer', firstAt: 'instant', lastAt: 'instant' },
  key: [...scopeColumns, 'kind', 'of', 'word'],
};

export const varietyTables = [varietyCaps, vocabularies, cappedWords] as const;
