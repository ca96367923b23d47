import type { Definition, Matcher, SavedRule, SliceDomain, Surface } from '../kernel/slice.ts';
import type { Rule } from '../rules/rule.ts';

/** Every rule over people that these definitions have, as their authors wrote it. */
export function rulesOfPeople(definitions: readonly Definition[], domains: readonly SliceDomain[]): Rule[] {
  return definitions.flatMap((definition) => [
    ...partsOf<Matcher>(domains, definition, ({ matchers }) => matchers)
      .filter((matcher) => matcher.subject(definition.body) === 'person')
      .map((matcher) => matcher.rule(definition.body)),
    ...partsOf<Surface>(domains, definition, ({ surfaces }) => surfaces).map((surface) => surface.audience(definition.body)),
    ...partsOf<SavedRule>(domains, definition, ({ savedRules }) => savedRules).map((saved) => saved.rule(definition.body)),
  ]);
}

/** The parts of the slice that owns a definition. Bodies were checked by that slice's schema when they were published. */
export function partsOf<Part extends { readonly slice: string }>(
  domains: readonly SliceDomain[],
  definition: Definition,
  parts: (domain: SliceDomain) => readonly unknown[] | undefined,
): Part[] {
  return domains.flatMap((domain) => (parts(domain) ?? []) as Part[]).filter((part) => part.slice === definition.slice);
}
