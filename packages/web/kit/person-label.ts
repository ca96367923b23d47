import type { PersonRow } from './api/answers.ts';

/** What to call a person: name, else mail, else user id, else “Anonymous” with the end of the id. */
export function personLabel(person: Pick<PersonRow, 'id' | 'name' | 'email' | 'userId'>): string {
  return person.name ?? person.email ?? person.userId ?? `Anonymous ${person.id.slice(-6)}`;
}
