import type { Entry } from '../kernel/entry.ts';
import type { Scope } from '../kernel/scope.ts';

export type DefinitionState = 'published' | 'killed';

/** The log entry from which on a version holds, or from which on the definition holds no more. */
export function definitionEntry(
  definition: { readonly scope: Scope; readonly slice: string; readonly id: string; readonly now: number },
  input: { version: number; state: DefinitionState; backfill: boolean },
): Entry {
  const { slice, id, scope } = definition;
  return {
    id: definitionEntryPrefix(definition, input) + definition.now,
    scope,
    origin: 'source',
    depth: 0,
    body: { what: 'definition', slice, id, ...input },
  };
}

/** What the id of such an entry begins with; the instant of the command follows. */
export function definitionEntryPrefix(
  { slice, id }: { readonly slice: string; readonly id: string },
  { version, state }: { readonly version: number; readonly state: DefinitionState },
): string {
  return `definition:${slice}:${id}:${version}:${state}:`;
}
