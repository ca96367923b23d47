import { own } from '../../../kernel/own.ts';
import { conditionsIn } from '../../../rules/conditions-in.ts';
import type { Facts } from '../../../rules/facts.ts';
import type { Rule } from '../../../rules/rule.ts';
import type { GivenFacts } from './queries/rule-answers.ts';

/** The part of a rule that documents answer: traits, lists and contents. */
export function documentRule(rule: Rule): Rule {
  const asked = new Set(['trait', 'cohort', 'content']);
  return { type: 'all', of: conditionsIn(rule).filter(({ type }) => asked.has(type)) };
}

/** Of what is known of a person, that which a rule asks for and the warehouse does not have: a few values instead of a document. */
export function givenFacts(rule: Rule, { traits, accounts, cohorts, contents }: Facts): GivenFacts {
  const names = namesIn(rule);
  return {
    ...(traits && { traits: pick(traits, names.traits) }),
    ...(accounts && {
      accounts: accounts.map((each) => ({
        traits: pick(each.traits, names.accounts),
        membership: pick(each.membership, names.memberships),
      })),
    }),
    ...(cohorts && { cohorts: pick(cohorts, names.cohorts) }),
    ...(contents && { contents: pick(contents, names.contents) }),
  };
}

function namesIn(rule: Rule) {
  const names = {
    traits: new Set<string>(),
    accounts: new Set<string>(),
    memberships: new Set<string>(),
    cohorts: new Set<string>(),
    contents: new Set<string>(),
  };
  for (const condition of conditionsIn(rule)) {
    if (condition.type === 'trait') {
      const set = condition.of === 'account' ? names.accounts : condition.of === 'membership' ? names.memberships : names.traits;
      set.add(condition.name);
    } else if (condition.type === 'cohort') names.cohorts.add(condition.id);
    else if (condition.type === 'content') names.contents.add(condition.id);
  }
  return names;
}

function pick<T>(known: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = own(known, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
