import type { EventPick } from '../../event-pick.ts';
import type { Dialect } from './dialect.ts';

/** The condition under which a row of the view is the one that is meant; `meets` says the same of a row in memory. */
export function pickSql(dialect: Dialect, pick: EventPick): string {
  const named =
    pick.type === 'any'
      ? "kind = 'event'"
      : `kind = '${pick.type}' and name = ${dialect.text(pick.type === 'event' ? pick.name : pick.id)}`;
  return `(${[named, ...(pick.where ?? []).map((test) => dialect.passes(test))].join(' and ')})`;
}
