import { canonical, type Json } from '@gangway/product/kernel/json.ts';
import { countPast } from '@gangway/product/pipeline/count-past.ts';
import { type KeyedFeature, keyed } from '@gangway/product/pipeline/fact-index.ts';
import type { PastEvent } from '@gangway/product/pipeline/past-events.ts';
import type { PersonDoc } from '@gangway/product/pipeline/subject-doc.ts';
import type { AccountRow, PersonRow } from '@gangway/product/pipeline/tables.ts';
import { featuresOf } from '@gangway/product/rules/features.ts';
import type { Rule } from '@gangway/product/rules/rule.ts';
import { milestoneBodies } from './simulated-content.ts';

/** What was counted apart and copied, whenever the rules that ask for it were published, is what all that happened comes to. */
export function checkFacts(input: {
  readonly people: readonly PersonRow[];
  readonly accounts: readonly AccountRow[];
  /** Of the persons as they are after all merges, each one's in order. */
  readonly events: readonly PastEvent[];
}): string[] {
  const rules = Object.values(milestoneBodies).map((body) => (body as { rule: Rule }).rule);
  const features = keyed(rules.flatMap(featuresOf));
  const living = input.people.filter(({ mergedInto }) => mergedInto === null);
  return living.flatMap((row) => [...wrongFeatures(row, features, input.events), ...wrongCopies(row.id, row.doc, input.accounts)]);
}

function wrongFeatures(row: PersonRow, features: readonly KeyedFeature[], events: readonly PastEvent[]): string[] {
  const own = events.filter(({ person }) => person === row.number);
  const [whole] = countPast([row], features, own);
  if (!whole) return [`${row.id}: the warehouse holds other events than were folded`];
  return features.flatMap(({ key }, index) => {
    const [covered, fact] = whole.facts[index] ?? [0, null];
    const found = canonical([row.doc.covered?.[key] ?? 0, (row.doc.features?.[key] ?? null) as Json]);
    const expected = canonical([covered, fact]);
    return found === expected ? [] : [`${row.id}: ${key} is ${found}, all events give ${expected}`];
  });
}

function wrongCopies(id: string, doc: PersonDoc, accounts: readonly AccountRow[]): string[] {
  return doc.accounts.flatMap((account) => {
    const size = accounts.find((row) => row.id === account)?.doc.traits.size;
    const copy = doc.accountTraits?.[account]?.traits.size;
    return size === copy ? [] : [`${id}: has ${JSON.stringify(copy)} for the size of ${account}, which is ${JSON.stringify(size)}`];
  });
}
