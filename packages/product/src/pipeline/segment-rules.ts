import { Problem } from '../kernel/problem.ts';
import type { Definition, SavedRule, SliceDomain } from '../kernel/slice.ts';
import { dependencies } from '../rules/dependencies.ts';
import { inlineSegments } from '../rules/inline-segments.ts';
import type { Rule } from '../rules/rule.ts';
import { partsOf, rulesOfPeople } from './rules-of-people.ts';

/** Puts the segments that are published among these definitions into a rule. */
export function inliner(definitions: readonly Definition[], domains: readonly SliceDomain[]): (rule: Rule) => Rule {
  const saved = savedRules(definitions, domains);
  return (rule) => inlineSegments(rule, (id) => saved.get(id));
}

function savedRules(definitions: readonly Definition[], domains: readonly SliceDomain[]): ReadonlyMap<string, Rule> {
  return new Map(
    definitions.flatMap((definition) =>
      partsOf<SavedRule>(domains, definition, (domain) => domain.savedRules).map((saved): [string, Rule] => [
        definition.id,
        saved.rule(definition.body),
      ]),
    ),
  );
}

/** The definitions whose rules use a segment, directly or through another one; none for what is no segment. */
export function usersOf(
  published: Pick<Definition, 'slice' | 'id'>,
  definitions: readonly Definition[],
  domains: readonly SliceDomain[],
): Definition[] {
  const isSegment = domains.some((domain) => domain.savedRules?.some(({ slice }) => slice === published.slice));
  if (!isSegment) return [];
  const saved = savedRules(definitions, domains);
  return definitions.filter((definition) => rulesOfPeople([definition], domains).some((rule) => leadsTo(rule, published.id, saved, [])));
}

/** Throws `segment_circle` when a saved rule would use itself, through any number of others. */
export function refuseCircle(definitions: readonly Definition[], domains: readonly SliceDomain[], definition: Definition): void {
  const saved = savedRules(definitions, domains);
  const rules = partsOf<SavedRule>(domains, definition, (domain) => domain.savedRules).map((each) => each.rule(definition.body));
  if (rules.some((rule) => leadsTo(rule, definition.id, saved, []))) {
    throw new Problem(
      'segment_circle',
      400,
      'Not published: this segment uses itself, perhaps through another one. The draft is kept; take that condition out.',
    );
  }
}

/** Whether a rule uses a segment, through any number of others. */
function leadsTo(rule: Rule, segment: string, saved: ReadonlyMap<string, Rule>, within: readonly string[]): boolean {
  return [...dependencies(rule)].some((key) => {
    if (!key.startsWith('segment:')) return false;
    const id = key.slice('segment:'.length);
    if (id === segment) return true;
    const next = within.includes(id) ? undefined : saved.get(id);
    return next !== undefined && leadsTo(next, segment, saved, [...within, id]);
  });
}
