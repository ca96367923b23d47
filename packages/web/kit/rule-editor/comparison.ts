import {
  type DateOperator,
  dateOperators,
  type Scalar,
  type TraitOperator,
  textOperators,
  type ValueOperator,
} from '@gangway/product/rules/rule.ts';

/** What a trait or a property is compared with, and how. */
export interface Comparison {
  readonly operator: TraitOperator;
  readonly value?: Scalar;
  readonly values?: readonly Scalar[];
  readonly zone?: string;
}

/** A value has a kind, because the text “1” and the number 1 are never equal. */
export type Kind = 'text' | 'number' | 'boolean';
export const kindWords: Readonly<Record<Kind, string>> = { text: 'text', number: 'number', boolean: 'true or false' };

const numberOperators: readonly TraitOperator[] = ['greater_than', 'less_than', 'at_least', 'at_most'];
/** The operators in the order of the form. */
export const fieldOperators: readonly ValueOperator[] = [
  ...textOperators,
  'is_one_of',
  'is_none_of',
  'greater_than',
  'less_than',
  'at_least',
  'at_most',
  'exists',
  'missing',
  'matches',
];

export function isBare(operator: TraitOperator): boolean {
  return operator === 'exists' || operator === 'missing';
}

export function isListed(operator: TraitOperator): boolean {
  return operator === 'is_one_of' || operator === 'is_none_of';
}

export function isDate(operator: TraitOperator): operator is DateOperator {
  return dateOperators.some((each) => each === operator);
}

/** Compares with another date, not with today. */
export function isInstant(operator: TraitOperator): boolean {
  return operator === 'before' || operator === 'after';
}

export function kindOf({ value, values }: Comparison): Kind {
  const sample = values ? values[0] : value;
  if (typeof sample === 'number') return 'number';
  return typeof sample === 'boolean' ? 'boolean' : 'text';
}

export function allowedKinds(operator: TraitOperator): readonly Kind[] {
  if (operator === 'equals' || operator === 'not_equals') return ['text', 'number', 'boolean'];
  if (isListed(operator)) return ['text', 'number'];
  return numberOperators.includes(operator) ? ['number'] : ['text'];
}

/** The same value as another kind, as far as it can be read so. */
export function convert(value: Scalar, kind: Kind): Scalar {
  if (kind === 'text') return String(value);
  if (kind === 'boolean') return value === true || value === 'true' || value === 1;
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : 0;
}

/**
 * The comparison with another operator: it keeps what still makes sense of the value, and has exactly the members
 * that the operator takes.
 *
 * @param input.zone where days begin, for operators on dates
 * @param input.today the date to begin with, `2026-03-29`
 */
export function withOperator(
  before: Comparison,
  operator: TraitOperator,
  input: { readonly zone: string; readonly today: string },
): Comparison {
  const { zone, today } = input;
  if (isBare(operator)) return { operator };
  if (isDate(operator)) {
    if (!isInstant(operator)) return { operator, value: isWhole(before.value) ? before.value : 7, zone };
    return { operator, value: isInstant(before.operator) ? (before.value ?? today) : today, zone };
  }
  const kinds = allowedKinds(operator);
  const known = isDate(before.operator) ? [] : (before.values ?? (before.value === undefined ? [] : [before.value]));
  const kind = kinds.includes(kindOf(before)) ? kindOf(before) : (kinds[0] ?? 'text');
  if (isListed(operator)) return { operator, values: known.filter((value) => value !== '').map((value) => convert(value, kind)) };
  return { operator, value: convert(known[0] ?? '', kind) };
}

function isWhole(value: Scalar | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
