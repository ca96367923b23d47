import type { Entry, LoggedEntry } from '../../kernel/entry.ts';
import { type AcceptedEvent, isAboutAccountAlone } from '../../kernel/event.ts';
import type { LinkKey } from '../../kernel/link-key.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Definition, SliceDomain } from '../../kernel/slice.ts';
import { type Subject, subjectKey } from '../../kernel/subject.ts';
import type { PageFact } from '../../rules/facts.ts';
import type { Rule } from '../../rules/rule.ts';
import { loadMembers } from '../account-facts.ts';
import { applyEntry } from '../apply-entry.ts';
import { takeEvent } from '../apply-event.ts';
import { reconsiderPage } from '../apply-reconsider.ts';
import type { EventEntry } from '../entry-body.ts';
import { type Registry, scopeColumns } from '../registry.ts';
import { resolve } from '../resolve.ts';
import type { PersonDoc, SubjectDoc } from '../subject-doc.ts';
import type { AccountRow, PersonRow } from '../tables.ts';
import { createWorkingSet, linkRow, type ResolvedEntry, type WorkingSet } from '../working-set.ts';
import type { Candidate } from './candidate.ts';
import { clockOf, turnOf, wakeOf } from './clocks.ts';
import { createInterest } from './interest.ts';
import { look } from './look.ts';
import { note, type Observation } from './observation.ts';
import { recordedPage } from './recorded-page.ts';
import { createScratchTx } from './scratch-tx.ts';
import { type Settled, Skimmer, saysSomethingOfAccount } from './skimmer.ts';
import { eventsOf, unchanged } from './unchanged.ts';
import { join, raiseFloor, survivor, type Watched, WatchedSubjects } from './watched.ts';

/** A candidate's rule as it stands among the segments that hold. */
interface Asked {
  readonly rule: Rule;
  readonly events: readonly string[];
}

/** Nothing to wait for, unless rows had to be read. */
type Done = Promise<void> | undefined;

export interface SimulationInput {
  readonly scope: Scope;
  readonly registry: Registry;
  readonly candidates: readonly Candidate[];
  /** All that may hold at some time of the run. */
  readonly definitions: readonly Definition[];
  readonly domains: readonly SliceDomain[];
  /** Whether an entry is the first of its id; it is remembered. */
  isFirst(entry: LoggedEntry): boolean;
  /** Applies every entry, also those that can change nothing. */
  readonly thorough: boolean;
}

/**
 * The subjects of one environment, moved by source entries through the pipeline's own stages 3 to 6, with derived
 * entries made anew: copies for accounts right after what led to them, wakes at their instants. Every subject has
 * a clock of its own, which is all that its state may depend on, so nobody waits for a common one: time passes for
 * a subject when something is next done to it.
 */
export class Simulation {
  readonly set: WorkingSet = createWorkingSet(createScratchTx(), { whole: true });
  /** Entries that the pipeline refused; live, they would have been set aside. */
  failed = 0;
  readonly #input: SimulationInput;
  readonly #watched: WatchedSubjects;
  readonly #skimmer: Skimmer;
  #registry: Registry;
  #asked: readonly (Asked | undefined)[];
  /** Whether what an account comes to may follow from what its people reach. */
  #accountsAsk: boolean;

  constructor(input: SimulationInput) {
    this.#input = input;
    this.#registry = input.registry;
    this.#asked = this.#ask(input.registry);
    this.#accountsAsk = doAccountsAsk(input.registry);
    this.#watched = new WatchedSubjects(input.candidates.length, (subject) => rowOf(this.set, input.scope, subject));
    const asked = input.candidates.flatMap((candidate) => (candidate.kind === 'audience' ? candidate.rule : []));
    this.#skimmer = new Skimmer(createInterest({ ...input, asked }));
  }

  #ask(registry: Registry): (Asked | undefined)[] {
    return this.#input.candidates.map((candidate) => {
      if (candidate.kind !== 'audience') return undefined;
      const rule = registry.inline(candidate.rule);
      return { rule, events: eventsOf(rule) };
    });
  }

  /** What was seen of a subject, in the order of the candidates. */
  seen(subject: Subject): readonly Observation[] {
    return this.#watched.of(subject).seen;
  }

  /** Lets every subject live on to this instant. */
  async finish(until: number): Promise<void> {
    await this.#advance(this.#watched, until);
  }

  /** Everybody of a kind, without those who have become somebody else. */
  rows(kind: Subject['kind']): (PersonRow | AccountRow)[] {
    // A run begins with nobody: whoever is there has changed.
    if (kind === 'account') return [...this.set.accounts.changed()].map(({ row }) => row);
    return [...this.set.people.changed()].flatMap(({ row }) => (row.mergedInto === null ? [row] : []));
  }

  /**
   * Something was published or stopped: nothing more is done to anybody before.
   *
   * @param registry what holds from here on; undefined when nothing has changed that is of interest
   */
  async define(entry: LoggedEntry, registry: Registry | undefined): Promise<void> {
    if (registry) await this.#turnTo(registry, entry);
    for (const watched of this.#watched) raiseFloor(watched, entry.at);
  }

  async #turnTo(registry: Registry, entry: LoggedEntry): Promise<void> {
    // Until then everybody lives under what held before.
    await this.finish(entry.at);
    const before = this.#asked;
    this.#registry = registry;
    this.#asked = this.#ask(registry);
    this.#accountsAsk = doAccountsAsk(registry);
    await this.#apply(entry);
    await this.#follow(entry.at);
    if (!sameRules(before, this.#asked)) this.#lookAgain(entry.at);
  }

  /** Another segment is in the rules now. Nobody's next event may be waited for: it may be one that is left out. */
  #lookAgain(at: number): void {
    for (const watched of this.#watched) {
      watched.doc = undefined;
      this.#observe(watched, at, undefined);
    }
  }

  /** One source entry and all that follows from it. */
  take(entry: LoggedEntry): Done {
    const { body } = entry;
    const settled = body.what === 'event' && !this.#input.thorough ? this.#skimmer.find(body.event) : undefined;
    const subjects = settled ? subjectsOf(settled) : this.#namedIn(entry);
    const at = clockOf(entry, subjects);
    const worth = settled && body.what === 'event' ? this.#skimmer.worth(body.event, settled) : 'apply';
    // A page is remembered also when it is left out: sent again when time has passed, it could bring somebody in.
    const left = worth === 'nothing' || !this.#input.isFirst(entry) || (worth === 'page' && !this.#mayTurn(settled?.person, at));
    if (left) {
      for (const each of subjects) raiseFloor(each, at);
      return undefined;
    }
    const known = settled && isQuick(entry) ? settled.person : undefined;
    const waiting = known ? this.#live(known, at) : this.#advance(subjects, at);
    const go = () => this.#takeNow(at === entry.at ? entry : { ...entry, at }, { subjects, known, folds: worth === 'apply' });
    return waiting ? waiting.then(go) : go();
  }

  /** When everybody concerned has lived up to the entry. */
  #takeNow(
    entry: LoggedEntry,
    { subjects, known, folds }: { subjects: readonly Watched[]; known: Watched | undefined; folds: boolean },
  ): Done {
    for (const each of subjects) raiseFloor(each, entry.at);
    // Time has passed for those whom the entry moves.
    for (const each of known ? [known] : subjects) each.at = entry.at;
    if (known && isQuick(entry)) {
      if (!folds) return this.#observe(known, entry.at, recordedPage(entry.body.event));
      this.#fold(entry, known);
      return this.#follow(entry.at);
    }
    const applying = this.#apply(entry);
    return applying ? applying.then(() => this.#follow(entry.at)) : this.#follow(entry.at);
  }

  /** Whether a page could bring somebody in, or time: others are in already, or cannot be in whatever the page is. */
  #mayTurn(watched: Watched | undefined, at: number): boolean {
    if (watched === undefined) return false;
    return watched.seen.some(({ now }) => now === 'maybe') || Math.min(turnOf(watched), wakeOf(watched)) <= at;
  }

  /** Time passes for these, and for the people of those of them that are accounts: an account hears of it in order. */
  #advance(subjects: Iterable<Watched>, to: number): Done {
    let waiting: Done;
    const pass = (watched: Watched) => {
      waiting = waiting ? waiting.then(() => this.#live(watched, to)) : this.#live(watched, to);
    };
    for (const each of subjects) {
      if (this.#accountsAsk) for (const member of each.members) pass(survivor(member));
      pass(each);
    }
    return waiting;
  }

  /** Wakes and changes by time alone, each at its instant. */
  #live(watched: Watched, to: number, after = Number.NEGATIVE_INFINITY): Done {
    for (let last = after; ; ) {
      if (!watched.row()) return undefined;
      const wake = wakeOf(watched);
      const next = Math.min(wake, turnOf(watched));
      if (next > to || next <= last) return undefined;
      last = next;
      const at = Math.max(watched.at, next);
      if (wake === next) return this.#wake(watched, { at, due: next, to });
      this.#observe(watched, at, undefined);
    }
  }

  async #wake(watched: Watched, { at, due, to }: { at: number; due: number; to: number }): Promise<void> {
    await this.#apply(derived(wakeEntry(this.#input.scope, watched.subject, due), at));
    await this.#follow(at);
    this.#observe(watched, at, undefined);
    await this.#live(watched, to, due);
  }

  #fold(entry: EventEntry, person: Watched): undefined {
    try {
      const handle = this.set.people.handle({ id: person.subject.id, ...scopeColumns(this.#input.scope) });
      takeEvent(this.set, this.#registry, entry, { person: handle, joins: false, everything: false });
    } catch {
      this.failed++;
    }
    this.#observe(person, entry.at, recordedPage(entry.body.event));
    this.#forgetSignals();
  }

  #apply(entry: LoggedEntry): Done {
    try {
      const outcome = applyEntry(this.set, this.#registry, entry, 0);
      if (!(outcome instanceof Promise)) return this.#applied(entry, outcome);
      return outcome.then(
        (resolved) => this.#applied(entry, resolved),
        () => this.#refused(entry),
      );
    } catch {
      return this.#refused(entry);
    }
  }

  #refused(entry: LoggedEntry): undefined {
    this.failed++;
    this.#applied(entry, undefined);
  }

  #applied(entry: LoggedEntry, resolved: ResolvedEntry | undefined): undefined {
    if (resolved) this.#joinMerged(resolved);
    const event = entry.body.what === 'event' ? entry.body.event : undefined;
    if (event && resolved?.p !== undefined) this.#settle(event, this.#watched.of({ kind: 'person', id: `p_${resolved.p}` }), entry.at);
    const page = event && recordedPage(event);
    for (const { people, accounts } of this.set.signals.applied.values()) {
      for (const id of people) this.#observe(this.#watched.of({ kind: 'person', id }), entry.at, page);
      for (const id of accounts) this.#observe(this.#watched.of({ kind: 'account', id }), entry.at, undefined);
    }
    this.#forgetSignals();
  }

  /** Whose event it was is known now, also when the event made them. */
  #settle(event: AcceptedEvent, person: Watched, at: number): void {
    person.at = Math.max(person.at, at);
    const account = event.groupId === undefined ? undefined : this.#watched.of({ kind: 'account', id: event.groupId });
    if (account && !event.unproven) join(person, account);
    raiseFloor(person, at);
    if (this.#input.thorough) return;
    this.#skimmer.settle(event, { person, account });
  }

  /** Nobody listens here. */
  #forgetSignals(): void {
    for (const signals of Object.values(this.set.signals)) signals.clear();
    this.set.sends.length = 0;
  }

  /** What was asked for goes through the same stages at once, in the order in which it was asked for. */
  #follow(at: number): Done {
    return this.set.outgoing.length === 0 ? undefined : this.#followAll(at);
  }

  async #followAll(at: number): Promise<void> {
    const { outgoing } = this.set;
    while (outgoing.length > 0) {
      for (const entry of outgoing.splice(0).map((entry) => derived(entry, at))) {
        await this.#advance([...this.#namedIn(entry), ...(await this.#membersIn(entry))], at);
        await this.#apply(entry);
      }
    }
  }

  #observe(watched: Watched, entryAt: number, page: PageFact | undefined): undefined {
    const row = watched.row();
    if (!row) return;
    const at = Math.max(watched.at, entryAt);
    const doc: SubjectDoc & Partial<PersonDoc> = row.doc;
    for (let index = 0; index < this.#asked.length; index++) {
      const [candidate, observation, asked] = [this.#input.candidates[index], watched.seen[index], this.#asked[index]];
      if (!observation || !asked || candidate?.kind !== 'audience' || candidate.subject !== watched.subject.kind) continue;
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
    for (const { from, to } of merges) this.#watched.merge(`p_${from}`, `p_${to}`);
    for (const one of each) this.#joinMerged(one);
  }

  /** The subjects that an entry names, as far as they are known. */
  #namedIn({ body }: LoggedEntry): Watched[] {
    const of = (kind: Subject['kind'], id: string) => this.#watched.of({ kind, id });
    if (body.what === 'command') return [this.#watched.of(body.subject)];
    if (body.what === 'merge') return [of('person', body.from), of('person', body.into)];
    if (body.what === 'copy' || body.what === 'account_changed') return [of('account', body.account)];
    if (body.what !== 'event') return [];
    const account = body.event.groupId === undefined ? [] : [of('account', body.event.groupId)];
    return [...this.#peopleOf(body.event), ...account];
  }

  /** Whose event it will be, and who will have become them by it. */
  #peopleOf(event: AcceptedEvent): Watched[] {
    if (isAboutAccountAlone(event)) return [];
    const { set } = this;
    const personOf = (link: LinkKey) => set.identities.get(linkRow(this.#input.scope, link))?.person;
    const hasUser = (id: string) => set.people.get({ ...scopeColumns(this.#input.scope), id })?.userId !== null;
    const { owner, adopt, merge } = resolve(event, { personOf, hasUser });
    const ids = [adopt ?? personOf(owner), merge].filter((id) => id !== undefined);
    return ids.map((id) => this.#watched.of({ kind: 'person', id }));
  }

  /** The people of an account to whom an entry brings news of it. */
  async #membersIn(entry: LoggedEntry): Promise<Watched[]> {
    if (entry.body.what !== 'account_facts') return [];
    const { account, after } = entry.body;
    const ids = await loadMembers(this.set, entry, { account, after, limit: reconsiderPage });
    return ids.map((id) => this.#watched.of({ kind: 'person', id }));
  }
}

const never = { presence: 'no', until: undefined } as const;

function rowOf(set: WorkingSet, scope: Scope, { kind, id }: Subject): () => PersonRow | AccountRow | undefined {
  const key = { id, ...scopeColumns(scope) };
  if (kind === 'account') return set.accounts.handle(key).get;
  const { get } = set.people.handle(key);
  return () => {
    const row = get();
    return row?.mergedInto === null ? row : undefined;
  };
}

function sameRules(some: readonly (Asked | undefined)[], others: readonly (Asked | undefined)[]): boolean {
  return some.every((asked, index) => JSON.stringify(asked?.rule) === JSON.stringify(others[index]?.rule));
}

/** What is left of the path for somebody known, when nothing is said of their account, are stages 4 to 6. */
function isQuick(entry: LoggedEntry): entry is EventEntry {
  return entry.body.what === 'event' && !saysSomethingOfAccount(entry.body.event);
}

function doAccountsAsk(registry: Registry): boolean {
  return registry.matchersFor('account', registry.keys).length > 0;
}

function subjectsOf({ person, account }: Settled): readonly Watched[] {
  return account ? [person, account] : [person];
}

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
