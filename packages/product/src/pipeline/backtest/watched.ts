import type { Subject } from '../../kernel/subject.ts';
import type { SubjectDoc } from '../subject-doc.ts';
import type { AccountRow, PersonRow } from '../tables.ts';
import { join as joinObservations, newObservation, type Observation } from './observation.ts';

type Row = PersonRow | AccountRow;

/** One subject on its own way through time. */
export interface Watched {
  readonly subject: Subject;
  /** As it is now; undefined when it is not there, or is somebody else by now. */
  row(): Row | undefined;
  /** The latest instant at which something was done to it, or by one of its people: nothing more is done before. */
  floor: number;
  /** The latest instant of what was applied. */
  at: number;
  readonly seen: readonly Observation[];
  /** The document as it was looked at last. */
  doc: SubjectDoc | undefined;
  /** The people of an account, some of whom may have become each other. */
  readonly members: Set<Watched>;
  /** The accounts of a person. */
  readonly accounts: Watched[];
  /** Whom it has become. */
  into: Watched | undefined;
}

/** All subjects of a run. */
export class WatchedSubjects {
  readonly #candidates: number;
  readonly #rowOf: (subject: Subject) => () => Row | undefined;
  readonly #byId = { person: new Map<string, Watched>(), account: new Map<string, Watched>() };

  /** @param candidates how many are asked of each */
  constructor(candidates: number, rowOf: (subject: Subject) => () => Row | undefined) {
    this.#candidates = candidates;
    this.#rowOf = rowOf;
  }

  /** The subject of this id, or whom it has become by now. */
  of(subject: Subject): Watched {
    const byId = this.#byId[subject.kind];
    const known = byId.get(subject.id);
    if (known) return survivor(known);
    const seen = Array.from({ length: this.#candidates }, newObservation);
    const fresh: Watched = {
      subject,
      row: this.#rowOf(subject),
      floor: 0,
      at: 0,
      seen,
      doc: undefined,
      members: new Set(),
      accounts: [],
      into: undefined,
    };
    byId.set(subject.id, fresh);
    return fresh;
  }

  /** Everybody who is still themselves. */
  *[Symbol.iterator](): IterableIterator<Watched> {
    for (const byId of Object.values(this.#byId)) for (const watched of byId.values()) if (!watched.into) yield watched;
  }

  /** Two persons are one from here on. */
  merge(from: string, to: string): void {
    const [one, other] = [this.of({ kind: 'person', id: to }), this.of({ kind: 'person', id: from })];
    if (one === other) return;
    for (const [index, seen] of one.seen.entries()) joinObservations(seen, other.seen[index] ?? newObservation());
    one.floor = Math.max(one.floor, other.floor);
    one.at = Math.max(one.at, other.at);
    for (const account of other.accounts) join(one, account);
    other.into = one;
  }
}

export function survivor(watched: Watched): Watched {
  let now = watched;
  while (now.into) now = now.into;
  return now;
}

/** The person belongs to the account from here on. */
export function join(person: Watched, account: Watched): void {
  if (person.accounts.includes(account)) return;
  person.accounts.push(account);
  account.members.add(person);
}

/** Something is done to a subject. An account hears of it in the course of things, so its clock goes along. */
export function raiseFloor(watched: Watched, at: number): void {
  if (at > watched.floor) watched.floor = at;
  for (const account of watched.accounts) if (at > account.floor) account.floor = at;
}

/** Before which nothing more is done to a subject: an account and its people share a clock, since it hears of what they reach. */
export function floorOf({ floor, accounts }: Watched): number {
  let latest = floor;
  for (const account of accounts) if (account.floor > latest) latest = account.floor;
  return latest;
}
