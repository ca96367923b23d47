import type { SqlDialect } from './sql-dialect.ts';

const form = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$';

/**
 * Adds what `parseDate` finds in the text of a value, in three steps: the parts, the number of the day, the instant.
 * Days since 1 January 1970: https://howardhinnant.github.io/date_algorithms.html#days_from_civil, for years from 0 on.
 */
export function dateStage(dialect: SqlDialect, relation: string, name: string): string {
  const text = `${name}_text`;
  const part = (from: number, length: number) => dialect.digits(`substring(${text}, ${from}, ${length})`);
  const has = (at: number, character: string) => `substring(${text}, ${at}, 1) = '${character}'`;
  const right = (from: number, length: number) => dialect.digits(`substring(right(${text}, 6), ${from}, ${length})`);
  const formed = `${dialect.found(text, form)}`;
  const parts = [
    `${name}_kind = 1 and ${formed} as ${name}_formed`,
    `length(${text}) = 10 as ${name}_is_day`,
    ...[`${part(1, 4)} as ${name}_y`, `${part(6, 2)} as ${name}_m`, `${part(9, 2)} as ${name}_d`],
    ...[`${part(12, 2)} as ${name}_hours`, `${part(15, 2)} as ${name}_minutes`],
    `case when ${has(17, ':')} then ${part(18, 2)} else 0 end as ${name}_seconds`,
    `case when ${has(20, '.')} then ${dialect.digits(`substring(concat(${dialect.extract(text, '[.]([0-9]+)')}, '00'), 1, 3)`)} else 0 end as ${name}_thousandths`,
    `case when right(${text}, 1) = 'Z' then 0 else ${right(2, 2)} end as ${name}_ahead_hours`,
    `case when right(${text}, 1) = 'Z' then 0 else ${right(5, 2)} end as ${name}_ahead_minutes`,
    `case when substring(right(${text}, 6), 1, 1) = '-' then -1 else 1 end as ${name}_sign`,
  ];
  const [y, m, d] = [`${name}_y`, `${name}_m`, `${name}_d`];
  const leap = `(${y} % 4 = 0 and (${y} % 100 <> 0 or ${y} % 400 = 0))`;
  const longest = `case when ${m} in (4, 6, 9, 11) then 30 when ${m} <> 2 then 31 when ${leap} then 29 else 28 end`;
  const clock = `(${name}_is_day or (${name}_hours <= 23 and ${name}_minutes <= 59 and ${name}_seconds <= 59 and ${name}_ahead_hours <= 23 and ${name}_ahead_minutes <= 59))`;
  const year = `(${y} - case when ${m} <= 2 then 1 else 0 end)`;
  const ofYear = dialect.divide(`153 * (${m} + case when ${m} > 2 then -3 else 9 end) + 2`, 5);
  const days = `365 * ${year} + ${dialect.divide(year, 4)} - ${dialect.divide(year, 100)} + ${dialect.divide(year, 400)} + ${ofYear} + ${d} - 1 - 719468`;
  const valid = `${y} between 1900 and 2299 and ${m} between 1 and 12 and ${d} between 1 and ${longest} and ${clock}`;
  // Nothing is computed of what has another form: its parts are no numbers.
  const when = (expression: string, otherwise: string) => `case when ${name}_formed then ${expression} else ${otherwise} end`;
  const instant = `${name}_day * 86400000 + ((${name}_hours * 60 + ${name}_minutes) * 60 + ${name}_seconds) * 1000 + ${name}_thousandths
    - ${name}_sign * (${name}_ahead_hours * 60 + ${name}_ahead_minutes) * 60000`;
  return `(select *, ${when(instant, '0')} as ${name}_instant from (
    select *, ${when(`(${valid})`, 'false')} as ${name}_valid, ${when(days, '0')} as ${name}_day from (
      select *, ${parts.join(', ')} from ${relation}) as parts_of_date) as days_of_date) as dated_values`;
}
