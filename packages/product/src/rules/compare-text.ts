import type { TextOperator } from './rule.ts';

/** Compares two texts by their characters. */
export function compareText(operator: TextOperator, value: string, wanted: string): boolean {
  switch (operator) {
    case 'equals':
      return value === wanted;
    case 'not_equals':
      return value !== wanted;
    case 'contains':
      return value.includes(wanted);
    case 'not_contains':
      return !value.includes(wanted);
    case 'starts_with':
      return value.startsWith(wanted);
    case 'ends_with':
      return value.endsWith(wanted);
  }
}
