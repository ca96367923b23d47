import type { Rule } from './rule.ts';

/**
 * The keys of everything a rule looks at: `event:NAME`, `trait:NAME`, `milestone:ID`, `page`. When none of them
 * changes and no time passes, neither does the answer.
 */
export function dependencies(rule: Rule): ReadonlySet<string> {
  const keys = new Set<string>();
  collect(rule, keys);
  return keys;
}

function collect(rule: Rule, keys: Set<string>): void {
  switch (rule.type) {
    case 'all':
    case 'any':
      for (const part of rule.of) collect(part, keys);
      return;
    case 'not':
      collect(rule.rule, keys);
      return;
    case 'trait':
      keys.add(`trait:${rule.name}`);
      return;
    case 'event':
      keys.add(`event:${rule.name}`);
      return;
    case 'milestone':
      keys.add(`milestone:${rule.id}`);
      return;
    case 'page':
      keys.add('page');
  }
}
