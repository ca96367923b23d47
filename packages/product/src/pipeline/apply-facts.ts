import type { LoggedEntry } from '../kernel/entry.ts';
import type { Json } from '../kernel/json.ts';
import type { FeatureFact } from '../rules/facts.ts';
import { deliverTraits, loadMembers } from './account-facts.ts';
import { reconsiderPage } from './apply-reconsider.ts';
import type { Body } from './entry-body.ts';
import type { KeyedFeature } from './fact-index.ts';
import { cascade, send } from './react.ts';
import { type Registry, scopeColumns } from './registry.ts';
import type { PersonDoc } from './subject-doc.ts';
import { exists, noteTouched, together, turnFor } from './subject-turn.ts';
import type { ResolvedEntry, WorkingSet } from './working-set.ts';

/** An account has changed in what rules of its people ask for. */
export async function applyAccountFacts(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  index: number,
  body: Body<'account_facts'>,
): Promise<ResolvedEntry | undefined> {
  const { account, traits, after } = body;
  const page = await loadMembers(set, entry, { account, after, limit: reconsiderPage });
  const resolved = page.flatMap((id) => {
    if (!exists(set, entry, { kind: 'person', id })) return [];
    const handle = set.people.handle({ id, ...scopeColumns(entry.scope) });
    const row = handle.get();
    const { doc, changed } = row ? deliverTraits(row.doc, account, traits) : { doc: undefined, changed: [] };
    if (!row || !doc || changed.length === 0) return [];
    handle.put({ ...row, doc });
    const made = turnFor(set, registry, entry, { index, subject: { kind: 'person', id } });
    noteTouched(made.turn);
    cascade(made.turn, [], changed);
    return made.resolved() ?? [];
  });
  const last = page.at(-1);
  if (page.length === reconsiderPage && last !== undefined)
    send(set, { ...entry, depth: 0 }, { id: pageId(entry.id, after, last), body: { ...body, after: last } });
  return together(index, resolved);
}

/**
 * The id of the page of people after `next`. In front is the person alone, because behind are ids of senders, who
 * write in them what they like.
 */
function pageId(id: string, after: string, next: string): string {
  const first = after === '' ? id : id.slice(after.length + 1);
  return `${next}|${first}`;
}

/**
 * The past of some people, counted for features that are asked for from now on. It is taken where it covers
 * exactly what was folded; where more has come in the meantime, or two people have become one, it is counted again.
 */
export async function applyCounted(
  set: WorkingSet,
  registry: Registry,
  entry: LoggedEntry,
  index: number,
  body: Body<'counted'>,
): Promise<ResolvedEntry | undefined> {
  const columns = scopeColumns(entry.scope);
  await set.flush();
  await set.people.load(body.people.map(({ person }) => ({ id: person, ...columns })));
  const features = body.features.flatMap((key) => registry.feature(key) ?? []);
  // The version was given up in the meantime.
  if (features.length < body.features.length) return undefined;
  const resolved = body.people.flatMap(({ person, facts }) => {
    const subject = { kind: 'person', id: person } as const;
    if (!exists(set, entry, subject)) return [];
    const handle = set.people.handle({ id: person, ...columns });
    const row = handle.get();
    if (!row || !features.every(({ feature }, order) => row.doc.events.count(feature.name) === facts[order]?.[0])) return [];
    handle.put({ ...row, doc: withCounted(row.doc, features, facts) });
    if (!body.look) return [];
    const made = turnFor(set, registry, entry, { index, subject });
    noteTouched(made.turn);
    cascade(
      made.turn,
      [],
      features.map(({ feature }) => `event:${feature.name}`),
    );
    return made.resolved() ?? [];
  });
  return together(index, resolved);
}

/** A person's document with features whose whole past was counted. */
export function withCounted(
  doc: PersonDoc,
  features: readonly KeyedFeature[],
  facts: readonly (readonly [covered: number, fact: Json])[],
): PersonDoc {
  const counted = { ...doc.features };
  const covered = { ...doc.covered };
  for (const [index, { key }] of features.entries()) {
    const [events, fact] = facts[index] ?? [0, null];
    covered[key] = events;
    if (fact === null) delete counted[key];
    else counted[key] = fact as unknown as FeatureFact;
  }
  return { ...doc, features: counted, covered };
}
