import type { LoggedEntry } from '../kernel/entry.ts';
import { eventName, propertiesOf } from '../kernel/event.ts';
import type { Scope } from '../kernel/scope.ts';
import type { EventEntry } from './entry-body.ts';
import type { PersonRow } from './tables.ts';
import type { AppliedNote, WorkingSet } from './working-set.ts';

/** Live screens show the latest few; under load the rest of a batch is only counted. */
const liveEventsABatch = 300;

/** What live screens are told of this batch in the entry's environment. */
export function appliedOf(set: WorkingSet, entry: LoggedEntry): AppliedNote {
  return set.signals.applied.of(entry.scope, () => ({ events: [], people: new Set(), accounts: new Set() }));
}

/** Notes an applied event for live screens and for the pages of its person. */
export function noteLive(set: WorkingSet, entry: EventEntry, who: { person: PersonRow; account: string | null }): void {
  const { event } = entry.body;
  const note = appliedOf(set, entry);
  const { person, account } = who;
  note.people.add(person.id);
  if (account !== null) note.accounts.add(account);
  noteManifest(set, entry.scope, person.id);
  if (note.events.length >= liveEventsABatch) return;
  note.events.push({
    id: event.messageId,
    type: event.type,
    name: eventName(event),
    person: person.id,
    personLabel: person.name ?? person.email ?? person.userId,
    account,
    time: event.time,
    properties: propertiesOf(event),
  });
}

/** A page that is open for this person may have to show something else. */
export function noteManifest(set: WorkingSet, scope: Scope, person: string): void {
  set.signals.manifests.of(scope, () => new Set()).add(person);
}
