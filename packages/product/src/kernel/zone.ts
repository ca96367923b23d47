import { type ZoneOffset, zoneOffsets } from './zone-offsets.ts';

export const dayLength = 86_400_000;
/** Offsets are looked up for a year or so at a time: a power of two, in milliseconds. */
const chunk = 2 ** 35;
/** Outside of these years a zone keeps the offset that it has at the edge, so what is remembered is bounded. */
const earliest = Date.UTC(1900, 0, 1);
const latest = Date.UTC(2300, 0, 1);
/** More than any zone has ever been from UTC, or has put its clocks back. */
const longestShift = 26 * 3_600_000;

/**
 * The calendar days of one time zone. A day is numbered by its local date: days since 1 January 1970, so that
 * differences are differences of dates whatever the clocks did. Remembers the offsets it has looked up.
 */
export class Zone {
  readonly #chunks = new Map<number, readonly ZoneOffset[]>();
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** The number of the day at an instant, epoch milliseconds. */
  dayAt(instant: number): number {
    return Math.floor((instant + this.#stretchAt(instant).offset) / dayLength);
  }

  /**
   * The first instant later than `after` at which the local date is `day` or later: midnight, or the instant at
   * which the clocks skip it. A date that a zone has left out begins when the next one does.
   */
  startOfDay(day: number, after = Number.NEGATIVE_INFINITY): number {
    const local = day * dayLength;
    let begin = Math.max(after + 1, local - longestShift);
    for (;;) {
      const { until, offset } = this.#stretchAt(begin);
      const start = Math.max(begin, local - offset);
      if (start < until) return start;
      begin = until;
    }
  }

  /** The next instant at which clocks put back make the date an earlier one, within a day or so; nearly always undefined. */
  dateFallsBack(now: number): number | undefined {
    const today = this.dayAt(now);
    let at = this.#stretchAt(now).until;
    while (at <= now + longestShift) {
      if (this.dayAt(at) < today) return at;
      at = this.#stretchAt(at).until;
    }
    return undefined;
  }

  /** The offsets in force from one instant to another, in order; the last one ends at `to` or later. */
  offsets(from: number, to: number): readonly ZoneOffset[] {
    const found: ZoneOffset[] = [];
    for (let at = from; at < to; at = found.at(-1)?.until ?? to) {
      const next = this.#stretchAt(at);
      if (found.at(-1)?.offset === next.offset) found.pop();
      found.push(next);
    }
    return found;
  }

  /** The offset at an instant, and until when at least it is in force. */
  #stretchAt(instant: number): ZoneOffset {
    if (instant >= latest) return { until: Number.POSITIVE_INFINITY, offset: this.#stretchAt(latest - 1).offset };
    if (instant < earliest) return { until: earliest, offset: this.#stretchAt(earliest).offset };
    const number = Math.floor(instant / chunk);
    let stretches = this.#chunks.get(number);
    if (!stretches) {
      stretches = zoneOffsets(this.name, number * chunk, (number + 1) * chunk);
      this.#chunks.set(number, stretches);
    }
    for (const stretch of stretches) if (instant < stretch.until) return stretch;
    return { until: (number + 1) * chunk, offset: 0 };
  }
}

/** A memo of what never changes: a zone behaves the same whether it is remembered or made again. */
const zones = new Map<string, Zone | undefined>();
/** More than there are zones; names that are none are remembered too. */
const remembered = 1000;

/** The zone of an IANA name; undefined when there is none. */
export function zoneOf(name: string): Zone | undefined {
  if (zones.has(name)) return zones.get(name);
  const zone = isZone(name) ? new Zone(name) : undefined;
  if (zones.size >= remembered) zones.clear();
  zones.set(name, zone);
  return zone;
}

/** A name as the zone database writes it: not `europe/berlin`, which other engines do not know, and no bare offset. */
function isZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  try {
    const found = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
    return found === name || found.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
