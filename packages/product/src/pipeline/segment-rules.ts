import { Problem } from '../kernel/problem.ts';
import type { Definition, SavedRule, SliceDomain } from '../kernel/slice.ts';
import { dependencies } from '../rules/dependencies.ts';
import { inlineSegments } from '../rules/inline-segments.ts';
import { inlinedSize, largestInlined } from '../rules/inlined-size.ts';
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

/** The same for a rule that was never published, so that nobody has counted what it comes to. Throws `rule_too_large`. */
export function draftInliner(definitions: readonly Definition[], domains: readonly SliceDomain[]): (rule: Rule) => Rule {
  const saved = savedRules(definitions, domains);
  return (rule) => {
    refuseLarge(rule, saved, 'Not asked: with its segments put in, this rule');
    return inlineSegments(rule, (id) => saved.get(id));
  };
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
  return definitions.filter((definition) => rulesOfPeople([definition], domains).some((rule) => leadsTo(rule, published.id, saved)));
}

/**
 * Whether the segments of a definition can be put into its rules, and, when it is one itself, into the rules of all
 * who use it. Throws `segment_circle` when a saved rule would use itself, through any number of others, and
 * `rule_too_large`.
 */
export function checkSegments(definitions: readonly Definition[], domains: readonly SliceDomain[], definition: Definition): void {
  const after = [...definitions.filter(({ slice, id }) => slice !== definition.slice || id !== definition.id), definition];
  const saved = savedRules(after, domains);
  const users = usersOf(definition, after, domains);
  if (users.includes(definition)) {
    throw new Problem(
      'segment_circle',
      400,
      'Not published: this segment uses itself, perhaps through another one. The draft is kept; take that condition out.',
    );
  }
  const refuse = (one: Definition, what: string) => {
    for (const rule of rulesOfPeople([one], domains)) refuseLarge(rule, saved, what);
  };
  refuse(definition, 'Not published: with its segments put in, this');
  for (const user of users) refuse(user, `Not published: with this segment put in, “${nameOf(user)}”`);
}

/** Throws `rule_too_large`. @param what the beginning of the sentence */
function refuseLarge(rule: Rule, saved: ReadonlyMap<string, Rule>, what: string): void {
  if (inlinedSize(rule, (id) => saved.get(id)) <= largestInlined) return;
  throw new Problem(
    'rule_too_large',
    400,
    `${what} would ask for more than ${largestInlined.toLocaleString('en')} conditions. The draft is kept; let it mention fewer segments, or segments that mention fewer.`,
  );
}

function nameOf({ id, body }: Definition): string {
  const { name } = (body ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : id;
}

/** Whether a rule uses a segment, through any number of others. @param seen segments that were followed already */
function leadsTo(rule: Rule, segment: string, saved: ReadonlyMap<string, Rule>, seen = new Set<string>()): boolean {
  return [...dependencies(rule)].some((key) => {
    if (!key.startsWith('segment:')) return false;
    const id = key.slice('segment:'.length);
    if (id === segment) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    const next = saved.get(id);
    return next !== undefined && leadsTo(next, segment, saved, seen);
  });
}
