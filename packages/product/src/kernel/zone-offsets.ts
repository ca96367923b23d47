/** A stretch of time in which a zone's clocks keep one distance from UTC. */
export interface ZoneOffset {
  /** Its end, left out, epoch milliseconds. */
  readonly until: number;
  /** Milliseconds that the zone is ahead of UTC. */
  readonly offset: number;
}

/** No zone changes its clocks twice within a week. */
const probe = 7 * 86_400_000;

/**
 * The offsets of a zone from one instant to another, in order; the last one ends at `to`. They are looked up here
 * once, and engines get them as numbers: three copies of the zone database would not always agree.
 * Throws a RangeError for a zone that does not exist.
 */
export function zoneOffsets(zone: string, from: number, to: number): readonly ZoneOffset[] {
  const offsetAt = offsetReader(zone);
  const found: ZoneOffset[] = [];
  let offset = offsetAt(from);
  for (let begin = from; begin < to; begin += probe) {
    const end = Math.min(begin + probe, to);
    const next = offsetAt(end);
    if (next === offset) continue;
    found.push({ until: changeBetween({ begin, end, offset }, offsetAt), offset });
    offset = next;
  }
  return [...found, { until: to, offset }];
}

/** The first instant, to the second, at which the offset is no longer what it was at the beginning. */
function changeBetween(stretch: { begin: number; end: number; offset: number }, offsetAt: (instant: number) => number): number {
  let low = Math.floor(stretch.begin / 1000);
  let high = Math.ceil(stretch.end / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === stretch.offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function offsetReader(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const at = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
    const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
    return local - Math.floor(instant / 1000) * 1000;
  };
}
