/** Up to which position the rows of an epoch and partition are seen. */
export interface Bound {
  readonly epoch: number;
  readonly partition_number: number;
  readonly position: number;
}

/**
 * A statement over `rows` becomes one over the tables: `rows` are those of one scope (the parameter `rows_scope`) that
 * are confirmed, persons after all merges, and `readable`, the properties with numbers that ClickHouse's JSON
 * functions can parse. What is confirmed stands there as numbers: a view that looks it up was planned once for each
 * mention, and that was most of what a question cost.
 */
export function overSeenRows(text: string, bounds: readonly Bound[]): string {
  const shown = boundsThatShow(bounds);
  const keys = shown.map(keyOf).join(', ');
  const positions = shown.map(({ position }) => position).join(', ');
  const seen = `position <= transform(toUInt64(epoch) * 65536 + partition_number,
    cast([${keys}], 'Array(UInt64)'), cast([${positions}], 'Array(Int64)'), toInt64(-1))`;
  const rows = `rows as (
    select events.scope as scope, events.k as k, events.kind as kind, events.name as name, events.type as type,
      if(merged.found = 1, merged.became, events.person) as person, events.account as account, events.id as id,
      events.properties as properties, if(events.rewritten = '', events.properties, events.rewritten) as readable
    from events
    left join (
      select person, argMax(became, turn) as became, 1 as found from overrides
      where scope = {rows_scope:String} and ${seen} group by person
    ) as merged on merged.person = events.person
    where events.scope = {rows_scope:String} and ${seen})`;
  const own = /^\s*with\s/i.exec(text);
  return own ? `with ${rows}, ${text.slice(own[0].length)}` : `with ${rows} ${text}`;
}

/**
 * Without those that show no row, so that a question does not grow with every start and every failed write. A row lies
 * above where its epoch began, and that is the bound of the epoch before: one that got no further shows nothing.
 */
export function boundsThatShow(bounds: readonly Bound[]): readonly Bound[] {
  const reached = new Map(bounds.map((bound) => [keyOf(bound), bound.position]));
  return bounds.filter((bound) => bound.position > (reached.get(keyOf({ ...bound, epoch: bound.epoch - 1 })) ?? 0));
}

/** One number for both, as the statement makes it of the columns. */
function keyOf({ epoch, partition_number }: Pick<Bound, 'epoch' | 'partition_number'>): number {
  return epoch * 65536 + partition_number;
}
