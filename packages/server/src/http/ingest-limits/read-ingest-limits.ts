import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Rate } from './token-buckets.ts';

/** What one server takes in. An absent rate is no limit. */
export interface IngestLimits {
  /** Requests of one network address. */
  readonly address?: Rate;
  /** Events of one key. */
  readonly key?: Rate;
  /** Events of one person, sent with a public key. */
  readonly person?: Rate;
  /** Bytes of requests that are being worked on, in the whole process. One address and one key may hold half of it. */
  readonly inFlightBytes: number;
}

/** Generous: they stop a loop that ran away and an attack, not a busy customer. */
export const defaultIngestLimits: IngestLimits = {
  address: { perSecond: 2_000, burst: 20_000 },
  key: { perSecond: 20_000, burst: 200_000 },
  person: { perSecond: 200, burst: 5_000 },
  inFlightBytes: 64 * 1024 ** 2,
};

/**
 * Reads `INGEST_{ADDRESS,KEY,PERSON}_RATE` (a second; `0` = no limit), `INGEST_{…}_BURST` and
 * `INGEST_IN_FLIGHT_MB`. A burst that is not set is ten seconds of the rate.
 * @throws {Problem} `invalid_setting` for what is not a number
 */
export function readIngestLimits(environment: Readonly<Record<string, string | undefined>>): IngestLimits {
  const rate = (name: 'address' | 'key' | 'person'): Partial<IngestLimits> => {
    const prefix = `INGEST_${name.toUpperCase()}`;
    const perSecond = readNumber(environment, `${prefix}_RATE`);
    const burst = readNumber(environment, `${prefix}_BURST`);
    if (perSecond === 0) return {};
    const known = defaultIngestLimits[name] as Rate;
    if (perSecond === undefined) return { [name]: burst ? { ...known, burst } : known };
    return { [name]: { perSecond, burst: burst || perSecond * 10 } };
  };
  const megabytes = readNumber(environment, 'INGEST_IN_FLIGHT_MB');
  return {
    ...rate('address'),
    ...rate('key'),
    ...rate('person'),
    inFlightBytes: megabytes ? megabytes * 1024 ** 2 : defaultIngestLimits.inFlightBytes,
  };
}

function readNumber(environment: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new Problem('invalid_setting', 500, `${name} is “${text}”, but it is a number from 0. Nothing was changed.`);
  return value;
}
