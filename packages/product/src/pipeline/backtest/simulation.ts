import type { Entry, LoggedEntry } from '../../kernel/entry.ts';
import type { AcceptedEvent } from '../../kernel/event.ts';
import type { Scope } from '../../kernel/scope.ts';
import { type Subject, subjectKey } from '../../kernel/subject.ts';
import type { PageFact } from '../../rules/facts.ts';
import type { Rule } from '../../rules/rule.ts';
import { applyEntry } from '../apply-entry.ts';
import type { EventEntry } from '../entry-body.ts';
import { type Registry, scopeColumns } from '../registry.ts';
import { linksOf } from '../resolve.ts';
import type { PersonDoc, SubjectDoc } from '../subject-doc.ts';
import type { AccountRow, PersonRow } from '../tables.ts';
import { createWorkingSet, linkRow, prefetch, proofCounter, type ResolvedEntry, type WorkingSet } from '../working-set.ts';
import type { Candidate } from './candidate.ts';
import { look } from './look.ts';
import { join, newObservation, note, type Observation } from './observation.ts';
import { recordedPage } from './recorded-page.ts';
import { createScratchTx } from './scratch-tx.ts';
import { Skimmer, type Worth } from './skimmer.ts';
import { eventsOf, unchanged } from './unchanged.ts';

/** Later than this after it happened, an event was brought in rather than sent: it is taken at the instant it happened. */
const lateAfter = 86_400_000;

/** Whether an event was brought in long after it happened. */
export function isLate(entry: LoggedEntry): entry is EventEntry {
  return entry.body.what === 'event' && entry.at - entry.body.event.time > lateAfter;
}

/** One subject on its own way through time. */
interface Watched {
  /** The latest instant that it has lived through. */
  at: number;
  readonly seen: readonly Observation[];
  /** The document as it was looked at last. */
  doc: SubjectDoc | undefined;
}

/** A candidate's rule as it stands among the segments that hold. */
interface Asked {
  readonly rule: Rule;
  readonly events: readonly string[];
}

/**
 * The subjects of one environment, moved by source entries through the pipeline's own stages 3 to 6, with derived
 * entries made anew: copies for accounts right after what led to them, wakes at their instants. Every subject has
 * a clock of its own, which is all that its state may depend on, so nobody waits for a common one.
 */
export class Simulation {
  readonly set: WorkingSet = createWorkingSet(createScratchTx());
  /** Entries that the pipeline refused; live, they would have been set aside. */
  failed = 0;
  readonly #scope: Scope;
  readonly #candidates: readonly Candidate[];
  readonly #watched = new Map<string, Watched>();
  /** Who has become whom. */
  readonly #merged = new Map<string, string>();
  readonly #counters = new Set<string>();
  readonly #skimmer: Skimmer;
  #registry: Registry;
  #asked: readonly (Asked | undefined)[];

  constructor(input: { scope: Scope; registry: Registry; candidates: readonly Candidate[] }) {
    this.#scope = input.scope;
    this.#registry = input.registry;
    this.#candidates = input.candidates;
    this.#asked = this.#ask(input.registry);
    this.#skimmer = new Skimmer(input.registry, this.#rules());
  }

  /** From the next entry on. */
  useRegistry(registry: Registry): void {
    this.#registry = registry;
    this.#asked = this.#ask(registry);
    this.#skimmer.use(registry, this.#rules());
    // Another segment may be in the rules now: everybody is looked at again when next touched.
    for (const watched of this.#watched.values()) watched.doc = undefined;
  }

  #ask(registry: Registry): (Asked | undefined)[] {
    return this.#candidates.map((candidate) => {
      if (candidate.kind !== 'audience') return undefined;
      const rule = registry.inline(candidate.rule);
      return { rule, events: eventsOf(rule) };
    });
  }

  #rules(): Rule[] {
    return this.#asked.flatMap((asked) => asked?.rule ?? []);
  }

  /** What was seen of a subject, in the order of the candidates. */
  seen(subject: Subject): readonly Observation[] {
    return this.#watch(subjectKey(subject)).seen;
  }

  /** Lets every subject live on to this instant. */
  async finish(until: number): Promise<void> {
    for (const kind of ['person', 'account'] as const) for (const { id } of this.rows(kind)) await this.#advance({ kind, id }, until);
  }

  /** Everybody of a kind, without those who have become somebody else. */
  rows(kind: Subject['kind']): (PersonRow | AccountRow)[] {
    // A run begins with nobody: whoever is there has changed.
    if (kind === 'account') return [...this.set.accounts.changed()].map(({ row }) => row);
    return [...this.set.people.changed()].flatMap(({ row }) => (row.mergedInto === null ? [row] : []));
  }

  /** What an entry is worth as things stand. */
  worth(entry: LoggedEntry): Worth {
    return this.#skimmer.worth(entry);
  }

  /** Whether the rows of an entry that is to be applied must be prefetched: not when its ids were together before. */
  isNew({ body }: LoggedEntry): boolean {
    return body.what !== 'event' || this.#skimmer.personOf(body.event) === undefined;
  }

  /** One source entry and all that follows from it. */
  async take(entry: LoggedEntry): Promise<void> {
    const worth = this.#skimmer.worth(entry);
    if (worth === 'nothing') return;
    if (worth === 'page' && entry.body.what === 'event') return this.#glance(entry, entry.body.event);
    const subjects = this.#subjectsOf(entry);
    const at = this.#clockOf(entry, subjects);
    for (const subject of subjects) await this.#advance(subject, at);
    await this.#apply({ ...entry, at });
    await this.#follow(at);
  }

  /** An event that changes nothing, but tells on which page its person was. */
  async #glance(entry: LoggedEntry, event: AcceptedEvent): Promise<void> {
    const subject: Subject = { kind: 'person', id: this.#survivor(this.#skimmer.personOf(event) ?? '') };
    const watched = this.#watch(subjectKey(subject));
    const at = this.#clockOf(entry, [subject]);
    // Whoever cannot be in whatever the page is, or is in already, is left where they are in time.
    const due = watched.seen.some(({ until }) => until !== undefined && until <= at);
    if (!due && watched.seen.every(({ now }) => now !== 'maybe')) return;
    await this.#advance(subject, at);
    this.#observe(subject, at, recordedPage(event));
  }

  #survivor(person: string): string {
    let now = person;
    for (let next = this.#merged.get(now); next !== undefined; next = this.#merged.get(now)) now = next;
    return now;
  }

  /** The instant of an entry: never before what its subjects have lived through. */
  #clockOf(entry: LoggedEntry, subjects: readonly Subject[]): number {
    let at = isLate(entry) ? entry.body.event.time : entry.at;
    for (const subject of subjects) at = Math.max(at, this.#watched.get(subjectKey(subject))?.at ?? 0);
    return at;
  }

  /** Wakes and changes by time alone, each at its instant, as far as the subject's clock is to go. */
  async #advance(subject: Subject, to: number): Promise<void> {
    const watched = this.#watch(subjectKey(subject));
    for (let last = Number.NEGATIVE_INFINITY; ; ) {
      const row = this.#rowOf(subject);
      if (!row) return;
      const wake = earliest(Object.values(row.doc.untils));
      const next = Math.min(wake, earliest(watched.seen.map(({ until }) => until ?? Number.POSITIVE_INFINITY)));
      if (next > to || next <= last) break;
      last = next;
      watched.at = Math.max(watched.at, next);
      if (wake === next) {
        await this.#apply(derived(wakeEntry(this.#scope, subject, next), watched.at));
        await this.#follow(watched.at);
      }
      this.#observe(subject, watched.at, undefined);
    }
    watched.at = Math.max(watched.at, to);
  }

  async #apply(entry: LoggedEntry): Promise<void> {
    const { signals } = this.set;
    try {
      await this.#loadCounters(entry);
      const resolved = await applyEntry(this.set, this.#registry, entry, 0);
      if (resolved) this.#joinMerged(resolved);
      if (entry.body.what === 'event' && resolved?.p !== undefined) this.#skimmer.settle(entry.body.event, `p_${resolved.p}`);
    } catch {
      this.failed++;
    }
    const page = entry.body.what === 'event' ? recordedPage(entry.body.event) : undefined;
    for (const { people, accounts } of signals.applied.values()) {
      for (const id of people) this.#lived({ kind: 'person', id }, entry.at, page);
      for (const id of accounts) this.#lived({ kind: 'account', id }, entry.at, undefined);
    }
    signals.applied.clear();
    signals.manifests.clear();
    signals.definitions.clear();
    this.set.sends.length = 0;
  }

  /** Those that an entry counts in are named by its day, which may not be the one it was prefetched for. */
  async #loadCounters(entry: LoggedEntry): Promise<void> {
    for (const name of proofCounter(entry)) {
      if (this.#counters.has(name)) continue;
      await this.set.counters.load([{ ...scopeColumns(this.#scope), name }]);
      this.#counters.add(name);
    }
  }

  /** What was asked for goes through the same stages at once, in the order in which it was asked for. */
  async #follow(at: number): Promise<void> {
    const { outgoing } = this.set;
    while (outgoing.length > 0) {
      const entries = outgoing.splice(0).map((entry) => derived(entry, at));
      await prefetch(this.set, entries);
      for (const entry of entries) await this.#apply(entry);
    }
  }

  #lived(subject: Subject, at: number, page: PageFact | undefined): void {
    const watched = this.#watch(subjectKey(subject));
    watched.at = Math.max(watched.at, at);
    this.#observe(subject, watched.at, page);
  }

  #observe(subject: Subject, at: number, page: PageFact | undefined): void {
    const row = this.#rowOf(subject);
    if (!row) return;
    const watched = this.#watch(subjectKey(subject));
    const doc: SubjectDoc & Partial<PersonDoc> = row.doc;
    for (const [index, candidate] of this.#candidates.entries()) {
      const [observation, asked] = [watched.seen[index], this.#asked[index]];
      if (!observation || !asked || candidate.kind !== 'audience' || candidate.subject !== subject.kind) continue;
      const due = observation.until !== undefined && observation.until <= at;
      const sure = page === undefined || observation.now !== 'maybe';
      if (sure && !due && unchanged(watched.doc, doc, asked.events)) continue;
      const { presence, until } = candidate.blocked(doc) ? never : look(asked.rule, { doc: row.doc, now: at, page });
      note(observation, presence, at);
      observation.until = until !== undefined && until > at ? until : undefined;
    }
    watched.doc = doc;
  }

  #joinMerged({ merges = [], each = [] }: ResolvedEntry): void {
    for (const { from, to } of merges) {
      const [one, other] = [this.#watch(`person:p_${to}`), this.#watch(`person:p_${from}`)];
      for (const [index, seen] of one.seen.entries()) join(seen, other.seen[index] ?? newObservation());
      one.at = Math.max(one.at, other.at);
      this.#watched.delete(`person:p_${from}`);
      this.#merged.set(`p_${from}`, `p_${to}`);
    }
    for (const one of each) this.#joinMerged(one);
  }

  #watch(key: string): Watched {
    const known = this.#watched.get(key);
    if (known) return known;
    const fresh = { at: 0, seen: this.#candidates.map(newObservation), doc: undefined };
    this.#watched.set(key, fresh);
    return fresh;
  }

  /** Undefined for who is not there, or is somebody else by now. */
  #rowOf({ kind, id }: Subject): PersonRow | AccountRow | undefined {
    const key = { ...scopeColumns(this.#scope), id };
    if (kind === 'account') return this.set.accounts.get(key);
    const row = this.set.people.get(key);
    return row?.mergedInto === null ? row : undefined;
  }

  #subjectsOf({ body }: LoggedEntry): Subject[] {
    if (body.what === 'command') return [body.subject];
    if (body.what === 'merge') return [body.from, body.into].map((id) => ({ kind: 'person', id }));
    if (body.what !== 'event') return [];
    const account: Subject[] = body.event.groupId === undefined ? [] : [{ kind: 'account', id: body.event.groupId }];
    return [...this.#peopleOf(body.event), ...account];
  }

  #peopleOf(event: AcceptedEvent): Subject[] {
    const settled = this.#skimmer.personOf(event);
    if (settled !== undefined) return [{ kind: 'person', id: this.#survivor(settled) }];
    const ids = linksOf(event).flatMap((link) => this.set.identities.get(linkRow(this.#scope, link))?.person ?? []);
    return [...new Set(ids)].map((id) => ({ kind: 'person', id }));
  }
}

const never = { presence: 'no', until: undefined } as const;

function wakeEntry(scope: Scope, subject: Subject, due: number): Entry {
  return {
    id: `wake:${subjectKey(subject)}:${due}`,
    scope,
    origin: 'derived',
    depth: 0,
    body: { what: 'wake', subject, due },
  };
}

function derived(entry: Entry, at: number): LoggedEntry {
  return { ...entry, at };
}

function earliest(instants: readonly number[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const instant of instants) if (instant < first) first = instant;
  return first;
}
