import { own } from '../kernel/own.ts';
import type { ContentFact } from '../rules/facts.ts';
import { mergeEventFacts, mergeFeature } from '../rules/features.ts';
import { foldTraits } from './fold.ts';
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
    milestones: mergeBy(target.milestones, source.milestones, Math.min) ?? {},
    events: mergeBy(target.events, source.events, mergeEventFacts) ?? {},
    accounts: [...new Set([...target.accounts, ...source.accounts])],
    ties: mergeTies(target.ties, source.ties),
    folded: target.folded + source.folded,
  };
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
