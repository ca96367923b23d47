import { Problem } from '@gangway/product/kernel/problem.ts';
import { type Scope, scopeKey } from '@gangway/product/kernel/scope.ts';
import type { IngestLimits } from './read-ingest-limits.ts';
import { type Rate, TokenBuckets } from './token-buckets.ts';

/** What one request would add: events, and of whom. */
export interface Arrival {
  readonly scope: Scope;
  readonly key: string;
  readonly events: number;
  /** Events by person; empty for a secret key, whose sender is not a page. */
  readonly people: ReadonlyMap<string, number>;
}

/** Requests that were turned away since this server started, by what turned them away. */
export interface TurnedAway {
  /** Of this environment's keys. */
  readonly key: number;
  readonly person: number;
  /** Of the whole server, where the key is not known yet. */
  readonly address: number;
  readonly busy: number;
}

export interface IngestLimiter {
  /** One request of a network address. @throws {Problem} 429 */
  admitAddress(address: string, now: number): void;
  /** All of an arrival or nothing of it. @throws {Problem} 429 */
  admit(arrival: Arrival, now: number): void;
  /** Holds room for a request until the returned function is called. @throws {Problem} 503 when there is none */
  hold(holder: string | undefined, bytes: number): () => void;
  turnedAway(scope: Scope): TurnedAway;
}

const retryWhenBusy = 1;
/** Segment's libraries wait at most this long, in seconds. */
const longestRetry = 300;

/** @param servers how many servers share the limits; the bytes in work are each server's own */
export function createIngestLimiter(limits: IngestLimits, servers: () => number = () => 1): IngestLimiter {
  const buckets = (rate: Rate | undefined) => (rate ? new TokenBuckets(rate, servers) : undefined);
  const [addresses, keys, people] = [buckets(limits.address), buckets(limits.key), buckets(limits.person)];
  const counts = new Map<string, number>();
  const count = (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const held = createHeldBytes(limits.inFlightBytes, () => count('busy'));

  return {
    admitAddress(address, now) {
      const wait = addresses?.wait(address, 1, now) ?? 0;
      if (wait > 0) {
        count('address');
        throw tooMany('this network address', wait);
      }
      addresses?.take(address, 1, now);
    },
    admit({ scope, key, events, people: each }, now) {
      const wait = keys?.wait(key, events, now) ?? 0;
      if (wait > 0) {
        count(`key ${scopeKey(scope)}`);
        throw tooMany('this key', wait);
      }
      const own = [...each].map(([person, cost]) => ({ name: `${key} ${person}`, cost }));
      const longest = Math.max(0, ...own.map(({ name, cost }) => people?.wait(name, cost, now) ?? 0));
      if (longest > 0) {
        count(`person ${scopeKey(scope)}`);
        throw tooMany('one person', longest);
      }
      keys?.take(key, events, now);
      for (const { name, cost } of own) people?.take(name, cost, now);
    },
    hold: held,
    turnedAway: (scope) => ({
      key: counts.get(`key ${scopeKey(scope)}`) ?? 0,
      person: counts.get(`person ${scopeKey(scope)}`) ?? 0,
      address: counts.get('address') ?? 0,
      busy: counts.get('busy') ?? 0,
    }),
  };
}

/** Bytes in work: of all, and of each holder, who may have half, so that one sender cannot fill the server. */
function createHeldBytes(most: number, refused: () => void): IngestLimiter['hold'] {
  let all = 0;
  const own = new Map<string, number>();
  return (holder, bytes) => {
    const mine = holder === undefined ? 0 : (own.get(holder) ?? 0);
    // A server that holds nothing takes any request: a bound below one request would shut it for ever.
    if (holder === undefined ? all > 0 && all + bytes > most : mine > 0 && mine + bytes > most / 2) {
      refused();
      throw new Problem('busy', 503, 'The server is taking in as much as it can. Nothing of this was kept; send it again in a second.', {
        retryAfter: retryWhenBusy,
      });
    }
    if (holder === undefined) all += bytes;
    else own.set(holder, mine + bytes);
    return () => {
      if (holder === undefined) all -= bytes;
      else {
        const left = (own.get(holder) ?? 0) - bytes;
        if (left > 0) own.set(holder, left);
        else own.delete(holder);
      }
    };
  };
}

function tooMany(whom: string, wait: number): Problem {
  const retryAfter = Math.min(longestRetry, Math.max(1, Math.ceil(wait / 1000)));
  return new Problem(
    'too_many',
    429,
    `Too much came from ${whom} in a short time. Nothing of this was kept; send it again in ${retryAfter} s.`,
    { retryAfter },
  );
}
