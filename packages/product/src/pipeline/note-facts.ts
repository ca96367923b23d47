import { canonical, type Json } from '../kernel/json.ts';
import type { ContentFact } from '../rules/facts.ts';
import type { Cell } from './cell.ts';
import { earliestOf } from './merge-docs.ts';
import type { LiveReactor } from './registry.ts';
import type { PersonDoc, SubjectDoc } from './subject-doc.ts';

/**
 * Writes down what rules may ask of a state that has just changed: how far somebody has come with a content,
 * whether they are on a fixed list. The dependency keys of what is new.
 */
export function noteFacts(cell: Cell, { definition, reactor }: LiveReactor, state: Json): string[] {
  return [
    ...noteContent(cell, definition.id, reactor.contentFact?.(state)),
    ...noteCohort(cell, definition.id, reactor.cohortSince?.(state)),
  ];
}

/** What was, stays: a tour that is taken again was completed all the same. */
function noteContent(cell: Cell, id: string, fact: ContentFact | undefined): string[] {
  if (!fact) return [];
  const contents = (cell.doc() as Partial<PersonDoc>).contents ?? {};
  const after = earliestOf(contents[id] ?? {}, fact);
  if (canonical(after as Json) === canonical((contents[id] ?? {}) as Json)) return [];
  const change: Partial<PersonDoc> = { contents: { ...contents, [id]: after } };
  cell.update(change);
  return [`content:${id}`];
}

function noteCohort(cell: Cell, id: string, since: number | null | undefined): string[] {
  if (since === undefined) return [];
  const { cohorts = {} }: SubjectDoc = cell.doc();
  if (since === (cohorts[id] ?? null)) return [];
  const { [id]: _, ...others } = cohorts;
  cell.update({ cohorts: since === null ? others : { ...others, [id]: since } });
  return [`cohort:${id}`];
}
