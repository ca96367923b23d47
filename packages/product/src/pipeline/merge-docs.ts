import { own } from '../kernel/own.ts';
import type { ContentFact } from '../rules/facts.ts';
import { mergeEventFacts, mergeFeature } from '../rules/features.ts';
import type { EventCounts } from './event-counts.ts';
import { foldTraits } from './fold.ts';
import type { Instants } from './instants.ts';
import { mergeTies } from './order-keys.ts';
import type { PersonDoc, TimedTraits } from './subject-doc.ts';

/** What two persons' documents come to when they are one. States are merged by their slices, not here. */
export function mergeDocs(target: PersonDoc, source: PersonDoc): PersonDoc {
  return {
    ...mergeTraits(target, source),
    ...optional('features', mergeBy(target.features, source.features, mergeFeature)),
    ...optional(
      'covered',
      mergeBy(target.covered, source.covered, (one, other) => one + other),
    ),
    ...optional('cohorts', mergeBy(target.cohorts, source.cohorts, Math.min)),
    ...optional('accountTraits', mergeBy(target.accountTraits, source.accountTraits, mergeTraits)),
    ...optional('memberships', mergeBy(target.memberships, source.memberships, mergeTraits)),
    ...optional('contents', mergeBy(target.contents, source.contents, earliestOf)),
    milestones: mergeInstants(target.milestones, source.milestones),
    events: mergeCounts(target.events, source.events),
    accounts: [...new Set([...target.accounts, ...source.accounts])],
    ties: mergeTies(target.ties, source.ties),
    folded: target.folded + source.folded,
  };
}

function mergeInstants(one: Instants, other: Instants): Instants {
  let both = one;
  for (const [name, instant] of other.entries()) both = both.with(name, Math.min(instant, one.at(name) ?? instant));
  return both;
}

function mergeCounts(one: EventCounts, other: EventCounts): EventCounts {
  let both = one;
  for (const [name, fact] of other.entries()) {
    const mine = one.get(name);
    both = both.with(name, mine ? mergeEventFacts(mine, fact) : fact);
  }
  return both;
}

/** Both records; where both have a name, what the two come to. Undefined when neither is there. */
function mergeBy<T>(
  one: Readonly<Record<string, T>> | undefined,
  other: Readonly<Record<string, T>> | undefined,
  join: (one: T, other: T) => T,
): Record<string, T> | undefined {
  if (!one && !other) return undefined;
  const joined = Object.entries(other ?? {}).map(([name, value]): [string, T] => {
    const mine = own(one ?? {}, name);
    return [name, mine === undefined ? value : join(mine, value)];
  });
  return { ...one, ...Object.fromEntries(joined) };
}

function optional<Name extends string, T>(name: Name, value: T | undefined): { [key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: T });
}

/** How far both together had come. */
export function earliestOf(one: ContentFact, other: ContentFact): ContentFact {
  return mergeBy(one as Readonly<Record<string, number>>, other as Readonly<Record<string, number>>, Math.min) ?? {};
}

function mergeTraits<Doc extends TimedTraits>(target: Doc, source: TimedTraits): Doc {
  let doc = target;
  for (const [name, time] of Object.entries(source.traitTimes)) {
    doc = foldTraits(doc, { [name]: own(source.traits, name) ?? null }, time).doc;
  }
  return doc;
}
