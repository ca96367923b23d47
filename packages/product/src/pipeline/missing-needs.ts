import type { Definition, SliceDomain } from '../kernel/slice.ts';
import { keyed, type Needs, needsOf } from './fact-index.ts';
import type { Registry } from './registry.ts';
import { rulesOfPeople } from './rules-of-people.ts';

/** What a definition's rules ask for that no live rule has asked for: its past must be brought in before they can be answered. */
export function missingNeeds(registry: Registry, domains: readonly SliceDomain[], definition: Definition): Needs {
  const { features, accountTraits } = needsOf(rulesOfPeople([definition], domains).map(registry.inline));
  return {
    features: keyed(features)
      .filter(({ key }) => !registry.counts(key))
      .map(({ feature }) => feature),
    accountTraits: accountTraits.filter((name) => !registry.copies(name)),
  };
}
