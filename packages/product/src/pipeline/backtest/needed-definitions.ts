import type { Definition, Matcher, Reactor, SavedRule, SliceDomain } from '../../kernel/slice.ts';
import { dependencies } from '../../rules/dependencies.ts';
import type { Rule } from '../../rules/rule.ts';
import { partsOf } from '../rules-of-people.ts';

/** What a rule can look at that another definition brings about; the rest of the key is that definition's id. */
const madeBy = /^(?:milestone|content|cohort|segment):/;

/**
 * Those of the versions on which some definitions and rules depend, through any number of others: milestones, contents and
 * lists that their rules and reactors ask for, segments that are in their rules. Of a definition every version is
 * needed or none. Nothing else can change what they come to: the rest of a workspace need not be run.
 *
 * Who may see a content is no dependency of it: what was shown is told by events.
 */
export function neededDefinitions(
  { definitions, asked }: { readonly definitions: readonly Definition[]; readonly asked: readonly Rule[] },
  versions: readonly Definition[],
  domains: readonly SliceDomain[],
): readonly Definition[] {
  const byId = new Map<string, Definition[]>();
  for (const version of versions) byId.set(version.id, [...(byId.get(version.id) ?? []), version]);
  const needed = new Set<Definition>();
  const open = [...definitions.flatMap((each) => asksFor(each, domains)), ...asked.flatMap((rule) => [...dependencies(rule)])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (!madeBy.test(key)) continue;
    for (const version of byId.get(key.slice(key.indexOf(':') + 1)) ?? []) {
      if (needed.has(version)) continue;
      needed.add(version);
      open.push(...asksFor(version, domains));
    }
  }
  return versions.filter((version) => needed.has(version));
}

/** The dependency keys of all that a definition may do on the path, or be in the rules of others. */
function asksFor(definition: Definition, domains: readonly SliceDomain[]): readonly string[] {
  const { body } = definition;
  const matched = partsOf<Matcher>(domains, definition, ({ matchers }) => matchers).map((matcher) => matcher.rule(body));
  const saved = partsOf<SavedRule>(domains, definition, ({ savedRules }) => savedRules).map((each) => each.rule(body));
  const reactors = partsOf<Reactor>(domains, definition, (domain) => domain.reactors);
  return [
    ...[...matched, ...saved].flatMap((rule) => [...dependencies(rule)]),
    ...reactors.flatMap((reactor) => reactor.listens(definition)),
    ...reactors.flatMap((reactor) => (reactor.memberMilestones?.(body) ?? []).map((id) => `milestone:${id}`)),
  ];
}
