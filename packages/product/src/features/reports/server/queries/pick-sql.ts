import type { EventPick, NamedPick } from '../../event-pick.ts';
import type { Dialect } from './dialect.ts';

/** The condition under which a row of the view is the one that is meant; `meets` says the same of a row in memory. */
export function pickSql(dialect: Dialect, pick: EventPick): string {
  const named = pick.type === 'any' ? "kind = 'event'" : `kind = '${pick.type}' and name = ${dialect.text(nameOf(pick))}`;
  return `(${[named, ...(pick.where ?? []).map((test) => dialect.passes(test))].join(' and ')})`;
}

/** What a row is called that meets the pick. */
export function nameOf(pick: NamedPick): string {
  return pick.type === 'event' ? pick.name : pick.id;
}
