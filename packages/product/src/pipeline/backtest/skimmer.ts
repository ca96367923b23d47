import type { LoggedEntry } from '../../kernel/entry.ts';
import { type AcceptedEvent, eventName } from '../../kernel/event.ts';
import { dependencies } from '../../rules/dependencies.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Registry } from '../registry.ts';
import { recordedPage } from './recorded-page.ts';

/** What an entry is worth: to be applied, to be looked at for its page alone, or nothing. */
export type Worth = 'apply' | 'page' | 'nothing';

/**
 * Knows which events can change nothing that is asked: their names are in no rule, and their ids and account have
 * been seen together before, so that they link, merge and join nobody. These need not be folded; in most logs they
 * are the greater part.
 */
export class Skimmer {
  /** The ids of an event that was applied → its person then. */
  readonly #settled = new Map<string, string>();
  #names = new Map<string, boolean>();
  #registry: Registry;
  #asksForPage = false;
  #events: ReadonlySet<string> = new Set();

  constructor(registry: Registry, asked: readonly Rule[]) {
    this.#registry = registry;
    this.use(registry, asked);
  }

  /** From now on these definitions hold, and these rules are asked besides. */
  use(registry: Registry, asked: readonly Rule[]): void {
    const keys = asked.flatMap((rule) => [...dependencies(rule)]);
    this.#registry = registry;
    this.#names = new Map();
    this.#asksForPage = keys.includes('page');
    this.#events = new Set(keys);
  }

  worth({ body }: LoggedEntry): Worth {
    if (body.what !== 'event') return 'apply';
    const { event } = body;
    if (changesTraits(event) || this.#settled.get(idsOf(event)) === undefined || this.#isAsked(event)) return 'apply';
    return this.#asksForPage && recordedPage(event) !== undefined ? 'page' : 'nothing';
  }

  /** The event was applied: the next one with its ids links and joins nobody. */
  settle(event: AcceptedEvent, person: string): void {
    if (event.type !== 'alias') this.#settled.set(idsOf(event), person);
  }

  /** Whose event it is, as of the last one with these ids that was applied. */
  personOf(event: AcceptedEvent): string | undefined {
    return this.#settled.get(idsOf(event));
  }

  #isAsked(event: AcceptedEvent): boolean {
    // What the page's contents report of themselves is asked for by id.
    if (event.properties?.guideId !== undefined || event.properties?.checklistId !== undefined) return true;
    const name = eventName(event);
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const keys = [`event:${name}`];
    const asked =
      this.#events.has(`event:${name}`) ||
      this.#registry.featuresFor(name).length > 0 ||
      this.#registry.matchersFor('person', keys).length > 0 ||
      this.#registry.reactorsFor({ kind: 'person', id: '' }, keys).length > 0;
    this.#names.set(name, asked);
    return asked;
  }
}

function changesTraits(event: AcceptedEvent): boolean {
  return event.type === 'identify' || event.type === 'group' || event.type === 'alias' || event.context?.membership !== undefined;
}

function idsOf({ userId, anonymousId, groupId, messageId, unproven }: AcceptedEvent): string {
  if (userId === undefined && anonymousId === undefined) return `m ${messageId}`;
  return `${userId?.length ?? '-'} ${userId ?? ''} ${anonymousId?.length ?? '-'} ${anonymousId ?? ''} ${unproven ? '?' : ''} ${groupId ?? ''}`;
}
