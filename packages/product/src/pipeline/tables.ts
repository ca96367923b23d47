import type { IdentityLevel } from '../kernel/event.ts';
import type { Json } from '../kernel/json.ts';
import type { Table } from '../ports/db/db.ts';
import { accountDocForm, mergeBeforeForm, personDocForm } from './stored-doc.ts';
import { outcomesForm } from './stored-outcomes.ts';
import type { AccountDoc, PersonDoc } from './subject-doc.ts';
import { varietyTables } from './variety-tables.ts';

interface Scoped {
  readonly workspace: string;
  readonly environment: string;
}
const scoped = { workspace: 'text', environment: 'text' } as const;
const scopeColumns = ['workspace', 'environment'] as const;

/** How far a reader of the log has come. */
export interface ReaderRow {
  readonly reader: string;
  readonly partition: number;
  readonly position: number;
  /** The `at` of the last entry, so that wakes can be compared with it. */
  readonly at: number;
}
export const readers: Table<ReaderRow> = {
  name: 'log_readers',
  kind: 'derived',
  columns: { reader: 'text', partition: 'integer', position: 'integer', at: 'instant' },
  key: ['reader', 'partition'],
};

/** Servers that said they live, and when. */
export interface ServerRow {
  readonly id: string;
  readonly seenAt: number;
}
export const servers: Table<ServerRow> = {
  name: 'live_servers',
  kind: 'source',
  columns: { id: 'text', seenAt: 'instant' },
  key: ['id'],
};

/** Ids of applied entries that are no events: the second copy of an id is dropped. Kept for seven days. */
export interface SeenEntryRow extends Scoped {
  readonly id: string;
  readonly at: number;
}
export const seenEntries: Table<SeenEntryRow> = {
  name: 'seen_entries',
  kind: 'derived',
  columns: { ...scoped, id: 'text', at: 'instant' },
  key: [...scopeColumns, 'id'],
};

/**
 * The same for events, of which there are many: a digest of tenant and id, see `digestOf`, which says whose it is, so
 * that nothing else has to be in the key.
 */
export interface SeenEventRow extends Scoped {
  readonly digest: string;
  readonly at: number;
  /** What the event said, see `contentOf`; null in rows from before it was kept. */
  readonly content: number | null;
}
export const seenEvents: Table<SeenEventRow> = {
  name: 'seen_events',
  kind: 'derived',
  columns: { at: 'instant', content: 'integer', digest: 'digest', ...scoped },
  key: ['digest'],
};

/** Which person an id leads to. The set of links is all that identity is. */
export interface IdentityRow extends Scoped {
  /** `claimed`: an id that was said without proof where proof is required. */
  readonly kind: 'user' | 'anonymous' | 'claimed';
  readonly value: string;
  readonly person: string;
}
export const identities: Table<IdentityRow> = {
  name: 'identities',
  kind: 'derived',
  columns: { ...scoped, kind: 'text', value: 'text', person: 'text' },
  key: [...scopeColumns, 'kind', 'value'],
};

export interface PersonRow extends Scoped {
  readonly id: string;
  /** The integer by which analytics know the person. */
  readonly number: number;
  readonly userId: string | null;
  /** The first anonymous id that led here. */
  readonly anonymousId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly level: IdentityLevel;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** When an event last named the user id in a page without proof, and with it; null = never. */
  readonly claimedAt: number | null;
  readonly verifiedAt: number | null;
  /** Set when this person turned out to be another one: all that was theirs is there now. */
  readonly mergedInto: string | null;
  readonly doc: PersonDoc;
}
export const people: Table<PersonRow> = {
  name: 'people',
  kind: 'derived',
  columns: {
    ...scoped,
    id: 'text',
    number: 'integer',
    userId: 'text',
    anonymousId: 'text',
    name: 'text',
    email: 'text',
    level: 'text',
    firstSeen: 'instant',
    lastSeen: 'instant',
    mergedInto: 'text',
    doc: 'json',
    claimedAt: 'instant',
    verifiedAt: 'instant',
  },
  key: [...scopeColumns, 'id'],
  forms: { doc: personDocForm },
};

/** Two persons became one, or were not allowed to: what was known of both before, so that it can be looked at again. */
export interface MergeRow extends Scoped {
  /** The entry that did it, or asked for it. */
  readonly id: string;
  readonly at: number;
  /** The person who is left. */
  readonly person: string;
  /** The other one: gone into `person`, or left alone. */
  readonly other: string;
  /** `refused`: two identified users were to be joined by an alias. */
  readonly outcome: 'merged' | 'refused';
  /** The call that led to it: `identify`, `track` …; `merge` = somebody in charge. */
  readonly call: string;
  /** Who: the identity level of the event, or the person in charge. */
  readonly actor: string;
  /** A {@link MergeBefore}, read as a `StoredMergeBefore`; null when nothing was done. */
  readonly before: Json;
}
export const merges: Table<MergeRow> = {
  name: 'merges',
  kind: 'derived',
  columns: {
    ...scoped,
    id: 'text',
    at: 'instant',
    person: 'text',
    other: 'text',
    outcome: 'text',
    call: 'text',
    actor: 'text',
    before: 'json',
  },
  key: [...scopeColumns, 'id'],
  forms: { before: mergeBeforeForm },
};

export interface AccountRow extends Scoped {
  readonly id: string;
  readonly name: string | null;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly doc: AccountDoc;
}
export const accounts: Table<AccountRow> = {
  name: 'accounts',
  kind: 'derived',
  columns: { ...scoped, id: 'text', name: 'text', firstSeen: 'instant', lastSeen: 'instant', doc: 'json' },
  key: [...scopeColumns, 'id'],
  forms: { doc: accountDocForm },
};

export interface MembershipRow extends Scoped {
  readonly account: string;
  readonly person: string;
  readonly since: number;
}
export const memberships: Table<MembershipRow> = {
  name: 'memberships',
  kind: 'derived',
  columns: { ...scoped, account: 'text', person: 'text', since: 'instant' },
  key: [...scopeColumns, 'account', 'person'],
};

/**
 * Where a subject stands with a definition, in one word, for lists and counts. A milestone is no row here: the
 * instant is in the subject's document, and how many have reached it is a counter.
 */
export interface StandingRow extends Scoped {
  readonly slice: string;
  readonly definition: string;
  /** `person:p_1`. */
  readonly subject: string;
  readonly status: string;
  readonly at: number;
  /** Id of the entry that made it so. */
  readonly cause: string;
}
export const standings: Table<StandingRow> = {
  name: 'standings',
  kind: 'derived',
  columns: { ...scoped, slice: 'text', definition: 'text', subject: 'text', status: 'text', at: 'instant', cause: 'text' },
  key: [...scopeColumns, 'subject', 'slice', 'definition'],
};

/** The earliest instant at which time alone could change something for a subject. */
export interface WakeRow extends Scoped {
  readonly subject: string;
  readonly due: number;
}
export const wakes: Table<WakeRow> = {
  name: 'wakes',
  kind: 'derived',
  columns: { ...scoped, subject: 'text', due: 'instant' },
  key: [...scopeColumns, 'subject'],
};

/** Running numbers of an environment: the next person, and the sums of the accounting. */
export interface CounterRow extends Scoped {
  readonly name: string;
  readonly value: number;
}
export const counters: Table<CounterRow> = {
  name: 'counters',
  kind: 'derived',
  columns: { ...scoped, name: 'text', value: 'integer' },
  key: [...scopeColumns, 'name'],
};

/** Which version of a definition holds, as of the position that was applied. */
export interface LiveRow extends Scoped {
  readonly slice: string;
  readonly definition: string;
  readonly version: number;
  readonly since: number;
}
export const live: Table<LiveRow> = {
  name: 'live_definitions',
  kind: 'derived',
  columns: { ...scoped, slice: 'text', definition: 'text', version: 'integer', since: 'instant' },
  key: [...scopeColumns, 'slice', 'definition'],
};

/** What a batch of the log came to: whom each entry belongs to and under which order key. Read by the projector. */
export interface ResolutionRow {
  readonly partition: number;
  readonly position: number;
  readonly rows: Json;
}
export const resolutions: Table<ResolutionRow> = {
  name: 'resolutions',
  kind: 'derived',
  columns: { partition: 'integer', position: 'integer', rows: 'json' },
  key: ['partition', 'position'],
  forms: { rows: outcomesForm },
};

/** Entries on their way into the log: written in the transaction that caused them, appended and removed afterwards. */
export interface OutboxRow {
  readonly id: string;
  readonly workspace: string;
  readonly environment: string;
  readonly order: number;
  readonly entry: Json;
}
export const outbox: Table<OutboxRow> = {
  name: 'outbox',
  kind: 'source',
  columns: { workspace: 'text', environment: 'text', id: 'text', order: 'integer', entry: 'json' },
  key: [...scopeColumns, 'id'],
};

/** Messages on their way out, unique by the key of the effect that asked for them. */
export interface DeliveryRow extends Scoped {
  readonly key: string;
  readonly state: 'queued' | 'accepted' | 'failed';
  readonly attempts: number;
  /** Not before this instant. */
  readonly due: number;
  readonly message: Json;
  readonly error: string | null;
}
export const deliveries: Table<DeliveryRow> = {
  name: 'deliveries',
  kind: 'source',
  columns: { ...scoped, key: 'text', state: 'text', attempts: 'integer', due: 'instant', message: 'json', error: 'text' },
  key: [...scopeColumns, 'key'],
};

/** Events that were refused at the door, and entries that could not be applied: kept, with the reason. */
export interface FailedRow extends Scoped {
  readonly id: string;
  readonly stage: 'accept' | 'apply';
  /** A stable code. */
  readonly reason: string;
  /** Which member is wrong, `batch.3.timestamp`; empty when it is the whole. */
  readonly path: string;
  readonly receivedAt: number;
  readonly body: Json;
}
export const failed: Table<FailedRow> = {
  name: 'failed_events',
  kind: 'source',
  columns: { ...scoped, id: 'text', stage: 'text', reason: 'text', path: 'text', receivedAt: 'instant', body: 'json' },
  key: [...scopeColumns, 'id'],
};

/** Drafts, one row a definition. */
export interface DraftRow extends Scoped {
  readonly slice: string;
  readonly definition: string;
  readonly revision: number;
  readonly body: Json;
  readonly updatedAt: number;
  readonly updatedBy: string;
}
export const drafts: Table<DraftRow> = {
  name: 'definition_drafts',
  kind: 'source',
  columns: { ...scoped, slice: 'text', definition: 'text', revision: 'integer', body: 'json', updatedAt: 'instant', updatedBy: 'text' },
  key: [...scopeColumns, 'slice', 'definition'],
};

/** Published versions: immutable. `only` is the subject key of a definition that concerns one subject. */
export interface VersionRow extends Scoped {
  readonly slice: string;
  readonly definition: string;
  readonly version: number;
  readonly body: Json;
  readonly only: string | null;
  readonly publishedAt: number;
  readonly publishedBy: string;
}
export const versions: Table<VersionRow> = {
  name: 'definition_versions',
  kind: 'source',
  columns: {
    ...scoped,
    slice: 'text',
    definition: 'text',
    version: 'integer',
    body: 'json',
    only: 'text',
    publishedAt: 'instant',
    publishedBy: 'text',
  },
  key: [...scopeColumns, 'slice', 'definition', 'version'],
};

/** Who did what: written in the transaction of the change itself, never changed afterwards. */
export interface AuditRow {
  readonly workspace: string;
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  /** What it was done to. */
  readonly object: string;
}
export const audit: Table<AuditRow> = {
  name: 'audit',
  kind: 'source',
  columns: { workspace: 'text', id: 'text', at: 'instant', actor: 'text', action: 'text', object: 'text' },
  key: ['workspace', 'id'],
};

/** Every table of the pipeline, for the replay that compares and the store that checks its columns. */
export const pipelineTables = [
  readers,
  servers,
  seenEntries,
  seenEvents,
  identities,
  people,
  merges,
  accounts,
  memberships,
  standings,
  wakes,
  counters,
  live,
  resolutions,
  outbox,
  deliveries,
  failed,
  ...varietyTables,
  drafts,
  versions,
  audit,
] as const;
