import { type AcceptedEvent, eventName } from '../../kernel/event.ts';
import { type Definition, happeningKeys, type Matcher, type Reactor, type SavedRule, type SliceDomain } from '../../kernel/slice.ts';
import { dependencies } from '../../rules/dependencies.ts';
import type { Rule } from '../../rules/rule.ts';
import { partsOf } from '../rules-of-people.ts';

/** Who asks for an event: somebody always, or these milestones until they are reached. */
export type Askers = 'always' | readonly string[];

/** What events are asked for anywhere in a run, whichever versions hold at the time. */
export interface Interest {
  /** Whether some rule looks at pages. */
  readonly pages: boolean;
  /** Nobody = an event that changes nothing. */
  askersOf(event: AcceptedEvent): Askers;
}

interface InterestInput {
  /** Every version that may come to hold. */
  readonly definitions: readonly Definition[];
  /** Rules that are asked besides. */
  readonly asked: readonly Rule[];
  readonly domains: readonly SliceDomain[];
}

/** Dependency keys that are always asked for, and those that milestones ask for. */
interface Asked {
  readonly always: ReadonlySet<string>;
  readonly untilReached: ReadonlyMap<string, ReadonlySet<string>>;
}

export function createInterest(input: InterestInput): Interest {
  const { always, untilReached } = askedBy(input);
  const names = new Map<string, Askers>();
  const askersOfName = (name: string): Askers => {
    const key = `event:${name}`;
    const found = always.has(key) ? 'always' : [...(untilReached.get(key) ?? [])];
    names.set(name, found);
    return found;
  };
  return {
    pages: always.has('page'),
    askersOf(event) {
      const name = eventName(event);
      const askers = names.get(name) ?? askersOfName(name);
      const { guideId, checklistId } = event.properties ?? {};
      if (guideId === undefined && checklistId === undefined) return askers;
      // What the page's contents report of themselves is asked for by their ids.
      return happeningKeys({ kind: 'event', event, name }).some((key) => always.has(key)) ? 'always' : askers;
    },
  };
}

function askedBy({ definitions, asked, domains }: InterestInput): Asked {
  const always = new Set(asked.flatMap((rule) => [...dependencies(rule)]));
  const untilReached = new Map<string, Set<string>>();
  for (const definition of definitions) {
    for (const reactor of partsOf<Reactor>(domains, definition, (domain) => domain.reactors))
      for (const key of reactor.listens(definition)) always.add(key);
    for (const saved of partsOf<SavedRule>(domains, definition, ({ savedRules }) => savedRules))
      for (const key of dependencies(saved.rule(definition.body))) always.add(key);
    for (const matcher of partsOf<Matcher>(domains, definition, ({ matchers }) => matchers)) {
      if (matcher.subject(definition.body) !== 'person') continue;
      for (const key of dependencies(matcher.rule(definition.body))) {
        const askers = untilReached.get(key) ?? new Set();
        untilReached.set(key, askers.add(definition.id));
      }
    }
  }
  return { always, untilReached };
}
