import { type Comparison, compare } from '../compare.ts';
import { patternComplaint } from '../pattern.ts';
import type { Scalar } from '../rule.ts';
import { constantSql, yesIfSql } from './answer-sql.ts';
import type { ValueColumns } from './json-values.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** What `compare` answers, as an expression over the columns of a value. */
export function compareSql(dialect: SqlDialect, condition: Comparison, value: ValueColumns): string {
  const missing = constantSql(compare(condition, undefined));
  return `case when ${value.kind} = 0 then ${missing} else ${presentSql(dialect, condition, value)} end`;
}

function presentSql(dialect: SqlDialect, condition: Comparison, value: ValueColumns): string {
  const { operator, values = [] } = condition;
  const wanted = condition.value;
  switch (operator) {
    case 'exists':
    case 'missing':
      return constantSql(operator === 'exists' ? 'yes' : 'no');
    case 'is_one_of':
    case 'is_none_of':
      return ofKind(value, values[0], positive(operator === 'is_one_of', isOneOf(dialect, value, values)));
    case 'equals':
    case 'not_equals':
      return ofKind(value, wanted, positive(operator === 'equals', isOneOf(dialect, value, wanted === undefined ? [] : [wanted])));
    case 'matches':
      return typeof wanted === 'string' && patternComplaint(wanted) === undefined
        ? ofKind(value, wanted, dialect.found(value.text, wanted))
        : constantSql('unknown');
    default: {
      const holds = typeof wanted === 'number' ? compareNumber(dialect, condition, value) : compareText(dialect, condition, value);
      return holds === undefined ? constantSql('unknown') : ofKind(value, wanted, holds);
    }
  }
}

const kinds: Readonly<Record<string, number>> = { string: 1, number: 2, boolean: 3 };

/** Unknown for a value of another kind than the one that is asked for. */
function ofKind(value: ValueColumns, wanted: Scalar | undefined, holds: string): string {
  const kind = kinds[typeof wanted];
  return kind === undefined ? constantSql('unknown') : `case when ${value.kind} <> ${kind} then 1 else ${yesIfSql(holds)} end`;
}

function positive(wanted: boolean, condition: string): string {
  return wanted ? condition : `not (${condition})`;
}

/** Equal to one of several values of one kind. Values of other kinds than the first are equal to nothing. */
function isOneOf(dialect: SqlDialect, value: ValueColumns, values: readonly Scalar[]): string {
  const alike = values.filter((each) => typeof each === typeof values[0]);
  const list = alike.map((each) =>
    typeof each === 'string' ? dialect.text(each) : typeof each === 'number' ? dialect.number(each) : `'${each}'`,
  );
  const column = typeof values[0] === 'string' ? value.text : typeof values[0] === 'number' ? value.number : value.json;
  return `${column} in (${list.join(', ')})`;
}

function compareNumber(dialect: SqlDialect, { operator, value: wanted }: Comparison, { number }: ValueColumns): string | undefined {
  const signs: Readonly<Record<string, string>> = { greater_than: '>', less_than: '<', at_least: '>=', at_most: '<=' };
  const sign = signs[operator];
  return sign === undefined ? undefined : `${number} ${sign} ${dialect.number(Number(wanted))}`;
}

function compareText(dialect: SqlDialect, { operator, value: wanted }: Comparison, { text }: ValueColumns): string | undefined {
  if (typeof wanted !== 'string') return undefined;
  switch (operator) {
    case 'contains':
      return dialect.contains(text, dialect.text(wanted));
    case 'not_contains':
      return `not (${dialect.contains(text, dialect.text(wanted))})`;
    case 'starts_with':
      return dialect.startsWith(text, dialect.text(wanted));
    case 'ends_with':
      return dialect.endsWith(text, dialect.text(wanted));
    default:
      return undefined;
  }
}
