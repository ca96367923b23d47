import type { Json } from '../kernel/json.ts';
import { shortText } from './short-text.ts';

/** How lists call a person with these traits. */
export function called(traits: Readonly<Record<string, Json>>): { readonly name: string | null; readonly email: string | null } {
  const [first, last] = [shortText(traits.firstName), shortText(traits.lastName)];
  const full = first === null || last === null ? (first ?? last) : `${first} ${last}`;
  return { name: shortText(traits.name) ?? full, email: shortText(traits.email) };
}
