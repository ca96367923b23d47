import type { Statement } from '../../../../ports/warehouse/warehouse.ts';
import { asNumber, type PropertyTest } from '../../property-test.ts';

/** Expressions that tell one value: see ValueColumns. */
export interface ValueExpressions {
  readonly kind: string;
  readonly text: string;
  readonly number: string;
}

/**
 * What the engines say differently, so that a query is written once. Values are bound as they are mentioned, so
 * one dialect serves one statement. Order keys and what is computed from them are not negative.
 */
export interface Dialect {
  readonly engine: 'duckdb' | 'clickhouse';
  readonly values: Statement['values'];
  text(value: string): string;
  number(value: number): string;
  /** Division without remainder. */
  divide(a: string, b: number): string;
  /** `year * 12 + month` (from 0) of a count of days since 1 January 1970. */
  monthOf(days: string): string;
  /** An aggregate over the rows that meet a condition; null when there are none. */
  minIf(expression: string, condition: string): string;
  /** JSON text of a property; empty where it is absent. */
  json(property: string): string;
  /** A value from an expression of its JSON text. */
  value(json: string): ValueExpressions;
  passes(test: PropertyTest): string;
}

export function statement(dialect: Dialect, text: string): Statement {
  return { text, values: dialect.values };
}

export function duckdb(): Dialect {
  const values: (string | number)[] = [];
  const bind = (value: string | number) => `$${values.push(value)}`;
  const text = (value: string) => `${bind(value)}::varchar`;
  const pointer = (property: string) => text(`/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  // A row that is not JSON has no properties; without `try` it would end every report.
  const type = (path: string) => `try(json_type(properties, ${path}))`;
  const string = (path: string) => `try(json_extract_string(properties, ${path}))`;
  const numeric = "('UBIGINT', 'BIGINT', 'DOUBLE')";
  return {
    engine: 'duckdb',
    values,
    text,
    // As a text, so that the driver does not bind a whole number as an integer.
    number: (value) => `${text(String(value))}::double`,
    divide: (a, b) => `((${a}) // ${b})`,
    monthOf: (days) => `(year(date '1970-01-01' + (${days})::integer) * 12 + month(date '1970-01-01' + (${days})::integer) - 1)`,
    minIf: (expression, condition) => `min(${expression}) filter (where ${condition})`,
    json: (property) => `coalesce(try(json_extract(properties, ${pointer(property)}))::varchar, '')`,
    value(json) {
      const type = `json_type(nullif(${json}, ''))`;
      const string = `json_extract_string(nullif(${json}, ''), '$')`;
      return {
        kind: `case when ${type} = 'VARCHAR' then 1 when ${type} in ${numeric} then 2 when ${type} = 'BOOLEAN' then 3 else 0 end`,
        text: `case when ${type} in ('VARCHAR', 'BOOLEAN') then ${string} else '' end`,
        number: `case when ${type} in ${numeric} then ${string}::double else 0 end`,
      };
    },
    passes(test) {
      const path = pointer(test.property);
      const exists = `coalesce(${type(path)} <> 'NULL', false)`;
      if (test.type === 'exists') return exists;
      if (test.type === 'not_exists') return `not ${exists}`;
      const isText = `${type(path)} = 'VARCHAR'`;
      if (test.type === 'contains') return `coalesce(${isText} and contains(${string(path)}, ${text(test.value)}), false)`;
      const number = asNumber(test.value);
      const equal = [
        `(${isText} and ${string(path)} = ${text(test.value)})`,
        ...(test.value === 'true' || test.value === 'false' ? [`(${type(path)} = 'BOOLEAN' and ${string(path)} = '${test.value}')`] : []),
        ...(number === undefined ? [] : [`(${type(path)} in ${numeric} and try_cast(${string(path)} as double) = '${number}'::double)`]),
      ].join(' or ');
      return `${test.type === 'equals' ? '' : 'not '}coalesce(${equal}, false)`;
    },
  };
}

/** Reads `readable` instead of `properties`: the same JSON, with numbers that ClickHouse can parse. */
export function clickhouse(): Dialect {
  const values: (string | number)[] = [];
  const bind = (value: string | number, type: string) => `{p${values.push(value)}:${type}}`;
  const text = (value: string) => bind(value, 'String');
  const numeric = "('Int64', 'UInt64', 'Double')";
  return {
    engine: 'clickhouse',
    values,
    text,
    number: (value) => bind(value, 'Float64'),
    divide: (a, b) => `intDiv(${a}, ${b})`,
    monthOf: (days) => `(toYear(toDate32(toInt32(${days}))) * 12 + toMonth(toDate32(toInt32(${days}))) - 1)`,
    minIf: (expression, condition) => `minOrNullIf(${expression}, ${condition})`,
    json(property) {
      const name = text(property);
      const raw = `JSONExtractRaw(readable, ${name})`;
      // A large number may come without a point or an exponent, and could not be read once more.
      return `if(JSONType(readable, ${name}) = 'Double' and not match(${raw}, '[.e]'), concat(${raw}, 'e0'), ${raw})`;
    },
    value(json) {
      const type = `JSONType(${json})`;
      return {
        kind: `multiIf(${type} = 'String', 1, ${type} in ${numeric}, 2, ${type} = 'Bool', 3, 0)`,
        text: `if(${type} in ('String', 'Bool'), JSONExtractString(${json}), '')`,
        number: `if(${type} in ${numeric}, JSONExtractFloat(${json}), 0)`,
      };
    },
    passes(test) {
      const name = text(test.property);
      const type = `JSONType(readable, ${name})`;
      if (test.type === 'exists') return `(${type} != 'Null')`;
      if (test.type === 'not_exists') return `(${type} = 'Null')`;
      const string = `JSONExtractString(readable, ${name})`;
      if (test.type === 'contains') return `(${type} = 'String' and position(${string}, ${text(test.value)}) > 0)`;
      const number = asNumber(test.value);
      const equal = [
        `(${type} = 'String' and ${string} = ${text(test.value)})`,
        ...(test.value === 'true' || test.value === 'false' ? [`(${type} = 'Bool' and ${string} = '${test.value}')`] : []),
        ...(number === undefined ? [] : [`(${type} in ${numeric} and JSONExtractFloat(readable, ${name}) = ${bind(number, 'Float64')})`]),
      ].join(' or ');
      return `${test.type === 'equals' ? '' : 'not '}(${equal})`;
    },
  };
}
