import { type Answer, yesIf } from './answer.ts';
import { compareText } from './compare-text.ts';
import { matchesPattern } from './pattern.ts';
import { type PropertyCondition, type TextOperator, textOperators, type ValueOperator } from './rule.ts';

/** What a value is compared with; also every trait condition whose operator is none of dates. */
export type Comparison = Omit<PropertyCondition, 'property'>;

/** The operators that hold for a value that is missing. */
const holdForMissing: ReadonlySet<ValueOperator> = new Set(['missing', 'not_equals', 'not_contains', 'is_none_of']);

/** Compares a trait or a property; `null` and undefined are missing. */
export function compare(condition: Comparison, value: unknown): Answer {
  const { operator } = condition;
  if (value === undefined || value === null) return yesIf(holdForMissing.has(operator));
  if (operator === 'exists') return 'yes';
  if (operator === 'missing') return 'no';
  if (operator === 'is_one_of' || operator === 'is_none_of') return compareWithMany(condition, value);
  const wanted = condition.value;
  if (operator === 'equals' || operator === 'not_equals') {
    return typeof value === typeof wanted ? yesIf((value === wanted) === (operator === 'equals')) : 'unknown';
  }
  if (typeof value === 'number' && typeof wanted === 'number') return compareNumbers(operator, value, wanted);
  if (typeof value === 'string' && typeof wanted === 'string') return compareTexts(condition, value, wanted);
  return 'unknown';
}

function compareWithMany({ operator, values = [] }: Comparison, value: unknown): Answer {
  if (typeof value !== typeof values[0]) return 'unknown';
  return yesIf(values.includes(value as string) === (operator === 'is_one_of'));
}

function compareNumbers(operator: ValueOperator, value: number, wanted: number): Answer {
  switch (operator) {
    case 'greater_than':
      return yesIf(value > wanted);
    case 'less_than':
      return yesIf(value < wanted);
    case 'at_least':
      return yesIf(value >= wanted);
    case 'at_most':
      return yesIf(value <= wanted);
    default:
      return 'unknown';
  }
}

const forTexts: ReadonlySet<string> = new Set(textOperators);

function compareTexts(condition: Comparison, value: string, wanted: string): Answer {
  if (condition.operator === 'matches') return matchesPattern(condition, wanted, value);
  return forTexts.has(condition.operator) ? yesIf(compareText(condition.operator as TextOperator, value, wanted)) : 'unknown';
}
