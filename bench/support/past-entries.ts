import type { Entry } from '@gangway/product/kernel/entry.ts';
import type { AcceptedEvent } from '@gangway/product/kernel/event.ts';
import type { JsonObject } from '@gangway/product/kernel/json.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';

const names = ['Card Moved', 'Card Added', 'Comment Written', 'Board Opened', 'Search Done', 'Board Created', 'Teammate Invited'];
/** Events of one flush. */
const flush = 50;

/** Months of a log, evenly spread: pages with their paths, tracks with a few properties, now and then traits and accounts. */
export function* pastEntries(input: {
  scope: Scope;
  people: number;
  accounts: number;
  events: number;
  from: number;
  until: number;
}): Generator<{ at: number; entries: Entry[] }> {
  const { scope, events, from, until } = input;
  const step = (until - from) / events;
  for (let first = 0; first < events; first += flush) {
    const count = Math.min(flush, events - first);
    const at = Math.round(from + (first + count) * step);
    const entries = Array.from({ length: count }, (_, index): Entry => {
      const event = pastEvent(first + index, at - 1_000 + index, input);
      return { id: event.messageId, scope, origin: 'source', depth: 0, body: { what: 'event', event } };
    });
    yield { at, entries };
  }
}

function pastEvent(number: number, time: number, { people, accounts }: { people: number; accounts: number }): AcceptedEvent {
  const person = Math.floor(spread(number) * people);
  const common = {
    messageId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    userId: `user-${person}`,
    anonymousId: `device-${person}`,
    ...{ time, receivedAt: time, level: 'claimed' as const },
  };
  const account = `account-${person % accounts}`;
  const context: JsonObject = { groupId: account, page: { path: `/boards/${number % 40}`, title: 'A board' }, locale: 'en-GB' };
  const kind = number % 20;
  if (kind === 0)
    return { ...common, type: 'identify', traits: { plan: person % 3 === 0 ? 'pro' : 'free', name: `Person ${person}` }, context };
  if (kind === 1) return { ...common, type: 'group', groupId: account, traits: { seats: number % 50 }, context };
  if (kind < 6) return { ...common, type: 'page', event: 'Board', properties: { path: `/boards/${number % 40}` }, context };
  const event = names[Math.floor(spread(number * 31 + 7) * spread(number * 17 + 3) * names.length)] ?? 'Card Moved';
  return {
    ...common,
    type: 'track',
    event,
    groupId: account,
    properties: { board: number % 40, cards: number % 9, source: 'web' },
    context,
  };
}

/** In [0, 1), the same for the same number. */
function spread(number: number): number {
  return ((Math.imul(number + 1, 2_654_435_761) >>> 0) % 1_000_003) / 1_000_003;
}
