import type { Entry, LoggedEntry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import { type Scope, scopeKey } from '../kernel/scope.ts';
import { distinctScopes, ScopeMap } from '../kernel/scope-map.ts';
import type { Tx } from '../ports/db/db.ts';
import type { Merge } from '../ports/warehouse/warehouse.ts';
import type { IdentityMemory } from './identity-memory.ts';
import { scopeColumns } from './registry.ts';
import { linksOf } from './resolve.ts';
import { RowCache } from './row-cache.ts';
import {
  type AccountRow,
  accounts,
  type DeliveryRow,
  type IdentityRow,
  identities,
  type MembershipRow,
  type MergeRow,
  memberships,
  merges,
  type PersonRow,
  people,
  type ResolutionRow,
  type StandingRow,
  standings,
  type WakeRow,
  wakes,
} from './tables.ts';
import { Tally } from './tally.ts';

/** What an entry came to, for the projector: who, under which key, and which milestones followed. */
export interface ResolvedEntry {
  /** Index in the batch. */
  readonly i: number;
  /** Person number; absent for entries of accounts. */
  readonly p?: number;
  readonly k?: number;
  readonly a?: string | null;
  /** Milestones reached by the person: id and order key. */
  readonly m?: [string, number][];
  readonly merges?: Omit<Merge, 'scope'>[];
  /** An entry that moved several subjects. */
  readonly each?: ResolvedEntry[];
}

/** What an entry comes to; a promise only where rows have to be read for it (a merge, a page of subjects). */
export type Outcome = ResolvedEntry | undefined | Promise<ResolvedEntry | undefined>;

/** What live screens are told of an applied event. */
export interface LiveEvent {
  readonly [key: string]: Json;
}

/** What live screens are told of a batch in one environment. */
export interface AppliedNote {
  readonly events: LiveEvent[];
  readonly people: Set<string>;
  readonly accounts: Set<string>;
}

/** Everything a batch touches, and everything it leads to besides rows. */
export interface WorkingSet {
  readonly tx: Tx;
  readonly identities: RowCache<IdentityRow>;
  readonly people: RowCache<PersonRow>;
  readonly merges: RowCache<MergeRow>;
  readonly accounts: RowCache<AccountRow>;
  readonly memberships: RowCache<MembershipRow>;
  readonly standings: RowCache<StandingRow>;
  readonly wakes: RowCache<WakeRow>;
  readonly counters: Tally;
  /** Messages that effects ask for; the first of a key counts. */
  readonly sends: DeliveryRow[];
  /** What each batch came to, for the projector. */
  readonly resolutions: ResolutionRow[];
  /** Entries to append once the transaction has committed. */
  readonly outgoing: Entry[];
  readonly signals: {
    /** Whose manifests may have changed. */
    readonly manifests: ScopeMap<Set<string>>;
    readonly applied: ScopeMap<AppliedNote>;
    /** Where something was published. */
    readonly definitions: ScopeMap<true>;
  };
  flush(): Promise<void>;
  /** Begins to write people when they are many, while others are still worked on; whoever flushes waits for it. */
  flushAhead(): void;
}

/** People whose rows are written at a time while a batch goes on: fewer would be more statements, and more who are written twice. */
const peopleAhead = 600;

/** @param whole the store began empty and nobody else writes to it, so that nothing has to be prefetched. */
export function createWorkingSet(tx: Tx, { whole = false } = {}): WorkingSet {
  const caches = {
    identities: new RowCache(tx, identities, whole),
    people: new RowCache(tx, people, whole),
    merges: new RowCache(tx, merges, whole),
    accounts: new RowCache(tx, accounts, whole),
    memberships: new RowCache(tx, memberships, whole),
    standings: new RowCache(tx, standings, whole),
    wakes: new RowCache(tx, wakes, whole),
    counters: new Tally(tx, whole),
  };
  const begun: Promise<void>[] = [];
  return {
    tx,
    ...caches,
    sends: [],
    resolutions: [],
    outgoing: [],
    signals: { manifests: new ScopeMap(), applied: new ScopeMap(), definitions: new ScopeMap() },
    async flush() {
      // Together: one table's rows become a statement while the store writes the other's.
      await Promise.all([...begun.splice(0), ...Object.values(caches).map((cache) => cache.flush())]);
    },
    flushAhead() {
      if (caches.people.dirty < peopleAhead) return;
      const written = caches.people.flush();
      // Whoever flushes hears of it; until then nobody does.
      written.catch(() => undefined);
      begun.push(written);
    },
  };
}

/** The row key of a link. */
export function linkRow(scope: Scope, key: LinkKey): Omit<IdentityRow, 'person'> {
  const colon = key.indexOf(':');
  const { workspace, environment } = scope;
  return { workspace, environment, kind: key.slice(0, colon) as IdentityRow['kind'], value: key.slice(colon + 1) };
}

/**
 * The names under which the rows of these environments' subjects are written by one at a time, sorted. Not one a
 * subject: whose an event is shows only when its ids were read, and every batch writes the environment's counters.
 */
export function lockNames(scopes: readonly Scope[]): string[] {
  return distinctScopes(scopes)
    .map((scope) => `${scopeKey(scope)}/subjects`)
    .sort();
}

/**
 * Reads what a batch will need, table by table; not again whom an id leads to that is remembered. Whatever needs no
 * answer first is asked before this gives back its promise: people are on their way, and are made into documents here,
 * while the store works on what the caller asks next.
 */
export async function prefetch(set: WorkingSet, entries: readonly LoggedEntry[], remembered?: IdentityMemory): Promise<void> {
  const [known, asked]: [IdentityRow[], Omit<IdentityRow, 'person'>[]] = [[], []];
  for (const { body, scope } of entries) {
    if (body.what !== 'event') continue;
    for (const link of linksOf(body.event)) {
      const person = remembered?.personOf(scope, link);
      if (person === undefined) asked.push(linkRow(scope, link));
      else known.push({ person, ...linkRow(scope, link) });
    }
  }
  set.identities.learn(known);
  const persons: Partial<PersonRow>[] = known.map(personKey);
  for (const entry of entries) if (entry.body.what !== 'event') persons.push(...subjectKeys(entry, 'person'));
  const found = set.identities
    .load(asked)
    .then(() => set.people.load(asked.flatMap((link) => set.identities.get(link) ?? []).map(personKey)));
  await Promise.all([
    found,
    set.people.load(persons),
    set.accounts.load(entries.flatMap((entry) => subjectKeys(entry, 'account'))),
    set.counters.load(countersOf(entries).entries()),
  ]);
}

function personKey({ workspace, environment, person }: IdentityRow): Partial<PersonRow> {
  return { workspace, environment, id: person };
}

/** What will be counted, by environment. */
function countersOf(entries: readonly LoggedEntry[]): ScopeMap<Set<string>> {
  const found = new ScopeMap<Set<string>>();
  for (const entry of entries) {
    const names = found.of(entry.scope, () => new Set<string>(counterNames));
    for (const name of proofCounter(entry)) names.add(name);
  }
  return found;
}

/** The counters that applying uses. */
export const counterNames = ['people', 'acknowledged', 'applied', 'deduplicated', 'quarantined', 'conflicts'] as const;

function subjectKeys({ body, scope }: LoggedEntry, kind: 'person' | 'account'): { workspace: string; environment: string; id: string }[] {
  const key = (id: string) => [{ id, ...scopeColumns(scope) }];
  if (body.what === 'event') return kind === 'account' && body.event.groupId !== undefined ? key(body.event.groupId) : [];
  if (body.what === 'command' || body.what === 'wake') return body.subject.kind === kind ? key(body.subject.id) : [];
  if (body.what === 'erased') return kind === 'account' && body.account ? key(body.account.id) : [];
  if (body.what === 'merge') return kind === 'person' ? [...key(body.from), ...key(body.into)] : [];
  if (body.what === 'copy' || body.what === 'account_changed') return kind === 'account' ? key(body.account) : [];
  return [];
}

/** Events of a day that name a user, by how sure that is: `identified:20043:verified`. The day is counted from 1970, UTC. */
export type ProofCounter = `identified:${number}:${string}`;

/** The counter of an entry that names a user; none for others. */
export function proofCounter({ at, body }: LoggedEntry): ProofCounter[] {
  if (body.what === 'erased') return [...(body.counted ?? [])] as ProofCounter[];
  if (body.what !== 'event' || body.event.userId === undefined) return [];
  const { level, doubt } = body.event;
  return [`identified:${Math.floor(at / 86_400_000)}:${doubt ?? level}`];
}

/** Adds to a counter of the environment and returns the new value. */
export function count(set: WorkingSet, scope: Scope, name: (typeof counterNames)[number] | ProofCounter, by = 1): number {
  return set.counters.add(scope, name, by);
}
