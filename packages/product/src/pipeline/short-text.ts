import type { Json } from '../kernel/json.ts';

/** A trait as a column of a list shows it: a text that is not empty, cut; anything else is none. */
export function shortText(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
}
