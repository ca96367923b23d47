import type { AcceptedEvent } from '../kernel/event.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import type { Db, Tx } from '../ports/db/db.ts';
import { noteCapped } from './capped-words.ts';
import { scopeColumns } from './registry.ts';
import { boundVariety, defaultVarietyCaps, type VarietyCaps, type Vocabulary, vocabularyOf } from './variety.ts';
import { type VocabularyRow, varietyCaps, vocabularies } from './variety-tables.ts';

/** Environments whose words are remembered; of more, the one that was asked for first is read again. */
const remembered = 200;
/** Words of one environment that are remembered: a flood may fill the store up to its caps, not this process. */
const rememberedWords = 100_000;

/** Keeps names and keys of events below the caps of their environment. */
export type VarietyGate = (scope: Scope, events: readonly AcceptedEvent[], now: number) => Promise<readonly AcceptedEvent[]>;

/**
 * What is known passes without asking the store. Anything new is decided under a lock, with the words that the
 * store knows, so that several servers keep one cap; what was learned is committed before the events are appended.
 */
export function createVarietyGate(db: Db, own: ReadonlySet<string>): VarietyGate {
  const memory = new Map<string, Map<string, ReadonlySet<string>>>();
  const wordsOf = (scope: Scope) => {
    const key = scopeKey(scope);
    const words = memory.get(key) ?? new Map<string, ReadonlySet<string>>();
    memory.set(key, words);
    for (const first of memory.keys()) {
      if (memory.size <= remembered) break;
      memory.delete(first);
    }
    return words;
  };
  return async (scope, events, now) => {
    const words = wordsOf(scope);
    const nothingMore = { eventNames: 0, propertiesPerEvent: 0, people: 0 };
    const asKnown = boundVariety(events, { known: words, caps: nothingMore, own });
    if (asKnown.capped.length === 0) return events;
    return db.transaction({ as: 'request', scope }, async (tx) => {
      await tx.lock([`variety:${scopeKey(scope)}`]);
      const known = await readVocabulary(tx, scope, vocabularyOf(events));
      const bounded = boundVariety(events, { known, caps: await readVarietyCaps(tx, scope), own });
      const rows = [...bounded.learned].map(
        ([of, fresh]): VocabularyRow => ({ ...scopeColumns(scope), of, words: [...(known.get(of) ?? []), ...fresh] }),
      );
      if (rows.length > 0) await tx.put(vocabularies, rows);
      await noteCapped(tx, scope, { words: bounded.capped, now });
      // Only what was there before is remembered: what was learned here is not committed yet.
      for (const [of, found] of known) words.set(of, found);
      if ([...words.values()].reduce((sum, each) => sum + each.size, 0) > rememberedWords) words.clear();
      return bounded.events;
    });
  };
}

async function readVocabulary(tx: Tx, scope: Scope, of: readonly string[]): Promise<Vocabulary> {
  const rows = await tx.get(
    vocabularies,
    of.map((each) => ({ of: each, ...scopeColumns(scope) })),
  );
  return new Map(rows.map((row) => [row.of, new Set(row.words as readonly string[])]));
}

/** The caps that somebody has set, else the defaults. */
export async function readVarietyCaps(tx: Tx, scope: Scope): Promise<VarietyCaps> {
  const [row] = await tx.get(varietyCaps, [scopeColumns(scope)]);
  if (!row) return defaultVarietyCaps;
  const { eventNames, propertiesPerEvent, people } = row;
  return { eventNames, propertiesPerEvent, people };
}
