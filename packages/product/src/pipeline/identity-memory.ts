import type { LinkKey } from '../kernel/link-key.ts';
import type { Scope } from '../kernel/scope.ts';
import { ScopeMap } from '../kernel/scope-map.ts';
import type { IdentityRow } from './tables.ts';

/** Links that are remembered at least, and half of those that are at most: some twenty megabytes. */
const leastRemembered = 100_000;

/**
 * Whom the ids of late events led to, as of one position of the log, so that a busy person's is not looked for again
 * at every event. Links change by nothing but applying, and whoever applies moves the position on: while it stands
 * where it was left, what is remembered is what the store has. That holds for a log of one partition; with several,
 * others move persons of whom this one knows.
 */
export class IdentityMemory {
  #position: number | undefined;
  #recent = new ScopeMap<Map<LinkKey, string>>();
  /** What was recent before: forgotten as a whole, unless it is asked for until then. */
  #older = new ScopeMap<Map<LinkKey, string>>();
  #size = 0;

  /** Must be said before anything is asked: the position that the store tells. Forgets everything if another one was left. */
  stand(position: number): void {
    if (position !== this.#position) this.forget();
  }

  /** The person's id; undefined when it is not known here. */
  personOf(scope: Scope, link: LinkKey): string | undefined {
    const recent = this.#recent.get(scope)?.get(link);
    if (recent !== undefined) return recent;
    const older = this.#older.get(scope)?.get(link);
    if (older !== undefined) this.#keep(scope, link, older);
    return older;
  }

  /** Takes the links of a transaction that was committed, which left the log at this position. */
  learn(position: number, rows: Iterable<IdentityRow>): void {
    this.#position = position;
    for (const row of rows) this.#keep(row, `${row.kind}:${row.value}`, row.person);
  }

  forget(): void {
    this.#position = undefined;
    this.#recent.clear();
    this.#older.clear();
    this.#size = 0;
  }

  #keep(scope: Scope, link: LinkKey, person: string): void {
    const links = this.#recent.of(scope, () => new Map());
    const before = links.size;
    links.set(link, person);
    this.#size += links.size - before;
    if (this.#size < leastRemembered) return;
    [this.#older, this.#recent] = [this.#recent, new ScopeMap()];
    this.#size = 0;
  }
}
