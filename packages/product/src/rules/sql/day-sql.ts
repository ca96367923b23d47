import { dayLength, type Zone } from '../../kernel/zone.ts';
import type { ZoneOffset } from '../../kernel/zone-offsets.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** More than any zone has ever been from UTC, or has put its clocks back. */
const longestShift = 26 * 3_600_000;
/** The instants that an order key can hold: 1970 to the year 2039. */
const [earliest, latest] = [0, Math.floor(2 ** 53 / 4096)] as const;

/**
 * Whether the local date at an instant is this day or a later one. Far from its midnight a comparison decides; the
 * offset, which clocks may change at midnight, back too, is looked at close to it alone.
 */
export function fromDaySql(zone: Zone, day: number, instant: string): string {
  const local = day * dayLength;
  const [from, to] = [local - longestShift, local + longestShift];
  const offset = offsetSql(zone.offsets(from, to), instant);
  return `(${instant} >= ${to} or (${instant} >= ${from} and ${instant} + ${offset} >= ${local}))`;
}

/** The number of the local day at an instant of an event. */
export function dayNumberSql(dialect: SqlDialect, zone: Zone, instant: string): string {
  const offset = offsetSql(zone.offsets(earliest, latest), instant);
  // One day more, so that nothing that is divided is negative.
  return `(${dialect.divide(`${instant} + ${offset} + ${dayLength}`, dayLength)} - 1)`;
}

/** Most instants are late ones, so those are asked first. */
function offsetSql(stretches: readonly ZoneOffset[], instant: string): string {
  const [first, ...later] = stretches.map(({ offset }, index) => ({ since: stretches[index - 1]?.until ?? 0, offset }));
  if (later.length === 0) return String(first?.offset ?? 0);
  const cases = later.reverse().map(({ since, offset }) => `when ${instant} >= ${since} then ${offset}`);
  return `(case ${cases.join(' ')} else ${first?.offset ?? 0} end)`;
}
