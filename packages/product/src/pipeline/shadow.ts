import type { PersonRow } from './tables.ts';

/**
 * Whether a person is a claim that nobody proved, in an environment that required proof: such a one has a claimed
 * level and no user id, because a user id that is believed is always noted with its first event.
 */
export function isShadow({ level, userId }: Pick<PersonRow, 'level' | 'userId'>): boolean {
  return level === 'claimed' && userId === null;
}
