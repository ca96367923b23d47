import type { LoggedEntry } from '../../kernel/entry.ts';
import { type AcceptedEvent, eventName } from '../../kernel/event.ts';
import { happeningKeys } from '../../kernel/slice.ts';
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
  /** Dependency key of what an event may change → whether anything asks for it. */
  #asked = new Map<string, boolean>();
  #registry: Registry;
  #asksForPage = false;
  #dependencies: ReadonlySet<string> = new Set();

  constructor(registry: Registry, asked: readonly Rule[]) {
    this.#registry = registry;
    this.use(registry, asked);
  }

  /** From now on these definitions hold, and these rules are asked besides. */
  use(registry: Registry, asked: readonly Rule[]): void {
    const keys = asked.flatMap((rule) => [...dependencies(rule)]);
    this.#registry = registry;
    this.#asked = new Map();
    this.#asksForPage = keys.includes('page');
    this.#dependencies = new Set(keys);
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
    const keys = happeningKeys({ kind: 'event', event, name: eventName(event) });
    return keys.some((key) => this.#isKeyAsked(key));
  }

  #isKeyAsked(key: string): boolean {
    const known = this.#asked.get(key);
    if (known !== undefined) return known;
    const asked =
      this.#dependencies.has(key) ||
      (key.startsWith('event:') && this.#registry.featuresFor(key.slice('event:'.length)).length > 0) ||
      this.#registry.matchersFor('person', [key]).length > 0 ||
      this.#registry.reactorsFor({ kind: 'person', id: '' }, [key]).length > 0;
    this.#asked.set(key, asked);
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
