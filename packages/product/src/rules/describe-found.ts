import type { Why } from './evaluate.ts';

/** What a condition found, in words; null where nothing was known or there is nothing to say. */
export function describeFound(why: Why): string | null {
  if (!('found' in why)) return null;
  const { rule, found } = why;
  switch (rule.type) {
    case 'event':
      return found === 0 ? 'never' : found === 1 ? 'once' : `${String(found)} times`;
    case 'event_days':
      return found === 1 ? 'on 1 day' : `on ${String(found)} days`;
    case 'event_sum':
      return String(found);
    case 'event_time':
      return found === null ? 'never' : instant(found);
    case 'sequence':
      return found === null ? null : `begun ${instant(found)}`;
    case 'milestone':
      return found === null ? 'not reached' : 'reached';
    case 'cohort':
      return found === null ? 'not on it' : `since ${instant(found)}`;
    case 'content':
      return found === null ? 'not yet' : instant(found);
    default:
      return value(found);
  }
}

function value(found: unknown): string {
  if (found === null) return 'not known';
  if (Array.isArray(found) && found.length === 0) return 'not known';
  return typeof found === 'string' ? found : JSON.stringify(found);
}

/** Explanations are read in many zones: UTC, said so. */
function instant(found: unknown): string {
  const date = new Date(Number(found));
  return Number.isNaN(date.getTime()) ? String(found) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
