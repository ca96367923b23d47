import { canonical, type Json } from '../kernel/json.ts';
import { Problem } from '../kernel/problem.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Definition } from '../kernel/slice.ts';
import { type Subject, subjectKey } from '../kernel/subject.ts';
import type { Tx } from '../ports/db/db.ts';
import { definitionEntry } from './definition-entry.ts';
import type { Needs } from './fact-index.ts';
import { toOutbox } from './outbox.ts';
import { preparations } from './preparation-tables.ts';
import { prepare } from './prepare.ts';
import { scopeColumns } from './registry.ts';
import { type DraftRow, drafts, outbox, type VersionRow, versions } from './tables.ts';

/** Which definition, by whom, when. */
export interface Author {
  readonly scope: Scope;
  readonly slice: string;
  readonly id: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Saves a draft. `revision` is the one it was based on (0 creates), so that two people cannot overwrite each
 * other unseen: a stale one throws `conflict`.
 */
export async function saveDraft(tx: Tx, author: Author, input: { body: Json; revision: number }): Promise<DraftRow> {
  const key = keyOf(author);
  await tx.lock([lockName(author)]);
  const [before] = await tx.get<DraftRow>(drafts, [key]);
  if ((before?.revision ?? 0) !== input.revision) {
    throw new Problem(
      'conflict',
      409,
      'Somebody else saved this in the meantime. Your text is still in this window; reload to see theirs.',
      { revision: before?.revision ?? 0 },
    );
  }
  const row: DraftRow = { ...key, revision: input.revision + 1, body: input.body, updatedAt: author.now, updatedBy: author.by };
  await tx.put(drafts, [row]);
  return row;
}

/**
 * Publishes the draft as the next version, immutable from now on. It holds for every subject from its position
 * in the log. Publishing an unchanged draft again gives a new version all the same (that is how a killed one
 * comes back). Returns the version and the id of the log entry.
 *
 * @param input.everyone whether those who match already are looked at, or only what happens from here on counts
 */
export async function publish(
  tx: Tx,
  author: Author,
  input: { revision: number; everyone: boolean; only?: Subject; needs?: FindNeeds },
): Promise<{ version: number; entry: string }> {
  const key = keyOf(author);
  await tx.lock([lockName(author)]);
  const [draft] = await tx.get<DraftRow>(drafts, [key]);
  if (!draft) throw new Problem('not_found', 404, 'There is nothing to publish under this id.');
  if (draft.revision !== input.revision) {
    throw new Problem('conflict', 409, 'The draft has changed since you looked at it. Nothing was published; look again.', {
      revision: draft.revision,
    });
  }
  const only = input.only ? subjectKey(input.only) : null;
  return addVersion(tx, author, { ...input, body: draft.body, only });
}

/**
 * Publishes an older version's body again, as the next version: the older one stays what it is, and so does the
 * history. A draft that holds nothing unpublished follows; one with work in it stays as it is. The states of
 * people stay too.
 *
 * @param input.latest the newest version that the author has seen; another one in the meantime throws `conflict`
 */
export async function rollBack(
  tx: Tx,
  author: Author,
  input: { to: number; latest: number; everyone: boolean; needs?: FindNeeds },
): Promise<{ version: number; entry: string }> {
  const key = keyOf(author);
  await tx.lock([lockName(author)]);
  const latest = await latestVersion(tx, author);
  if (latest !== input.latest) {
    throw new Problem('conflict', 409, 'Somebody has published in the meantime. Nothing was changed; look again.', { version: latest });
  }
  const rows = await tx.get<VersionRow>(versions, [
    { ...key, version: input.to },
    { ...key, version: latest },
  ]);
  const target = rows.find((row) => row.version === input.to);
  if (!target) throw new Problem('not_found', 404, 'There is no such version. Nothing was changed.');
  const [draft] = await tx.get<DraftRow>(drafts, [key]);
  const newest = rows.find((row) => row.version === latest);
  if (draft && !differs(draft.body, newest?.body)) {
    const follows = { ...draft, revision: draft.revision + 1, body: target.body, updatedAt: author.now, updatedBy: author.by };
    await tx.put(drafts, [follows]);
  }
  return addVersion(tx, author, { ...input, body: target.body, only: target.only });
}

/** What a version's rules ask for that no live rule has asked for yet. */
export type FindNeeds = (definition: Definition) => Needs;

/** Where the past must be brought in first, the entry that publishes is appended when that is done. */
async function addVersion(
  tx: Tx,
  author: Author,
  input: { body: Json; only: string | null; everyone: boolean; needs?: FindNeeds },
): Promise<{ version: number; entry: string }> {
  const { body, only, everyone } = input;
  const version = (await latestVersion(tx, author)) + 1;
  await tx.put<VersionRow>(versions, [{ ...keyOf(author), version, body, only, publishedAt: author.now, publishedBy: author.by }]);
  const entry = definitionEntry(author, { version, state: 'published', backfill: everyone });
  const needs = input.needs?.({ slice: author.slice, id: author.id, version, body });
  if (needs && (needs.features.length > 0 || needs.accountTraits.length > 0))
    await prepare(tx, author, { version, needs, entry: entry.id, everyone });
  else {
    await tx.remove(preparations, [keyOf(author)]);
    await tx.insertNew(outbox, toOutbox([entry], author.now));
  }
  return { version, entry: entry.id };
}

/** Takes a published definition back, everywhere, at its position in the log. */
export async function kill(tx: Tx, author: Author): Promise<{ entry: string }> {
  await tx.lock([lockName(author)]);
  const version = await latestVersion(tx, author);
  if (version === 0) throw new Problem('not_found', 404, 'This was never published.');
  await tx.remove(preparations, [keyOf(author)]);
  const entry = definitionEntry(author, { version, state: 'killed', backfill: false });
  await tx.insertNew(outbox, toOutbox([entry], author.now));
  return { entry: entry.id };
}

/** 0 when it was never published. */
export async function latestVersion(tx: Tx, author: Pick<Author, 'scope' | 'slice' | 'id'>): Promise<number> {
  const [row] = await tx.list<VersionRow>(versions, { where: keyOf(author), orderBy: ['version'], descending: true, limit: 1 });
  return row?.version ?? 0;
}

/** Whether a draft says something else than the version. */
export function differs(draft: Json, published: Json | undefined): boolean {
  return published === undefined || canonical(draft) !== canonical(published);
}

function keyOf(author: Pick<Author, 'scope' | 'slice' | 'id'>): {
  workspace: string;
  environment: string;
  slice: string;
  definition: string;
} {
  return { slice: author.slice, definition: author.id, ...scopeColumns(author.scope) };
}

function lockName({ scope, slice, id }: Author): string {
  return `${scope.workspace}/${scope.environment}/definition:${slice}/${id}`;
}
