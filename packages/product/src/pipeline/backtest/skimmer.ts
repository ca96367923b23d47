import type { AcceptedEvent } from '../../kernel/event.ts';
import type { Interest } from './interest.ts';
import { recordedPage } from './recorded-page.ts';
import { survivor, type Watched } from './watched.ts';

/** What an event is worth: to be applied, to be looked at for its page alone, or nothing. */
export type Worth = 'apply' | 'page' | 'nothing';

/** Whose events those with certain ids are. */
export interface Settled {
  person: Watched;
  readonly account: Watched | undefined;
}

/** What was settled for one user and one device. */
interface Pair {
  readonly groupId: string | undefined;
  readonly unproven: boolean;
  readonly settled: Settled;
}

/**
 * Knows which events can change nothing that is asked: their names are in no rule that is still open, and their ids
 * and account have been seen together before, so that they link, merge and join nobody. These need not be folded;
 * in most logs they are the greater part.
 */
export class Skimmer {
  /** By user, then by device: two short texts are found faster than one that must be put together. */
  readonly #settled = new Map<string | undefined, Map<string | undefined, Pair[]>>();
  readonly #interest: Interest;

  constructor(interest: Interest) {
    this.#interest = interest;
  }

  /** Whose event it is, when an event with its ids was applied before; this one links, merges and joins nobody. */
  find(event: AcceptedEvent): Settled | undefined {
    const { type, userId, anonymousId, groupId } = event;
    if (type === 'alias') return undefined;
    for (const pair of this.#settled.get(userId)?.get(anonymousId) ?? []) {
      if (pair.groupId !== groupId || pair.unproven !== (event.unproven ?? false)) continue;
      const { settled } = pair;
      if (settled.person.into) settled.person = survivor(settled.person);
      return settled;
    }
    return undefined;
  }

  /** The event was applied. */
  settle(event: AcceptedEvent, settled: Settled): void {
    const { type, userId, anonymousId, groupId, unproven = false } = event;
    // Nobody else is whom the message alone names.
    if (type === 'alias' || (userId === undefined && anonymousId === undefined) || this.find(event)) return;
    const devices = this.#settled.get(userId) ?? new Map<string | undefined, Pair[]>();
    const pairs = devices.get(anonymousId) ?? [];
    this.#settled.set(userId, devices.set(anonymousId, [...pairs, { groupId, unproven, settled }]));
  }

  /** @param settled what {@link find} says of the event */
  worth(event: AcceptedEvent, { person }: Settled): Worth {
    if (saysSomethingOf(event)) return 'apply';
    const askers = this.#interest.askersOf(event);
    if (askers === 'always') return 'apply';
    // A milestone that is reached stays reached.
    const reached = askers.length === 0 ? undefined : person.row()?.doc.milestones;
    if (reached && askers.some((milestone) => !reached.has(milestone))) return 'apply';
    return this.#interest.pages && recordedPage(event) !== undefined ? 'page' : 'nothing';
  }
}

/** Whether an event says something of its person or account besides that it happened. */
function saysSomethingOf(event: AcceptedEvent): boolean {
  return event.type === 'identify' || saysSomethingOfAccount(event);
}

/** Whether it says something of its account, or of what the person is in it. */
export function saysSomethingOfAccount(event: AcceptedEvent): boolean {
  return event.type === 'group' || event.context?.membership !== undefined;
}
