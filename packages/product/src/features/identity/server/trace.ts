import type { LoggedEntry } from '../../../kernel/entry.ts';
import type { AcceptedEvent } from '../../../kernel/event.ts';
import type { LinkKey } from '../../../kernel/link-key.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { StoredMergeBefore } from '../../../pipeline/merge.ts';
import { scopeColumns } from '../../../pipeline/registry.ts';
import { identities, merges, type PersonRow, people } from '../../../pipeline/tables.ts';
import type { Tx } from '../../../ports/db/db.ts';

/** By what a person can be found, wherever something of theirs lies. */
export interface Trace {
  /** Person ids: the one, and all who have become that one. */
  readonly people: readonly string[];
  /** The numbers of the same. */
  readonly numbers: readonly number[];
  /** Every id that leads to them. */
  readonly links: readonly LinkKey[];
  /** Addresses that they had, lower case. */
  readonly emails: readonly string[];
}

/** Everything by which a person is known, those included who have become them. */
export async function traceOf(tx: Tx, scope: Scope, person: PersonRow): Promise<Trace> {
  const columns = scopeColumns(scope);
  const found = new Map<string, PersonRow>([[person.id, person]]);
  for (const id of found.keys()) for (const row of await tx.list(people, { where: { mergedInto: id, ...columns } })) found.set(row.id, row);
  const links = await tx.list(identities, { where: { person: person.id, ...columns } });
  const befores = (await Promise.all([...found.keys()].map((id) => tx.list(merges, { where: { person: id, ...columns } })))).flat();
  const before = befores.flatMap((row) => (row.before === null ? [] : [row.before as unknown as StoredMergeBefore]));
  const emails = [person.email, ...before.flatMap(({ from, to }) => [from.email, to.email])].flatMap((email) => email?.toLowerCase() ?? []);
  return {
    people: [...found.keys()],
    numbers: [...found.values()].map(({ number }) => number),
    links: links.map(({ kind, value }): LinkKey => `${kind}:${value}`),
    emails: [...new Set(emails)],
  };
}

/** The link under which an event belongs to somebody, as stage 3 sees it. */
export function ownerOf(event: AcceptedEvent): LinkKey {
  if (event.userId !== undefined) return `${event.unproven ? 'claimed' : 'user'}:${event.userId}`;
  return `anonymous:${event.anonymousId ?? event.messageId}`;
}

/** Whether an entry of the log is this person's: by what it came to, or by whom it names. */
export function isTheirs({ body }: LoggedEntry, trace: Trace, cameTo: number | undefined): boolean {
  switch (body.what) {
    case 'event':
      return (cameTo !== undefined && trace.numbers.includes(cameTo)) || trace.links.includes(ownerOf(body.event));
    case 'command':
      return body.subject.kind === 'person' && trace.people.includes(body.subject.id);
    case 'merge':
      return trace.people.includes(body.from) || trace.people.includes(body.into);
    default:
      return false;
  }
}
