import type { Entry } from '../kernel/entry.ts';
import type { Scope } from '../kernel/scope.ts';

/** The log entry from which on a version holds, or from which on the definition holds no more. */
export function definitionEntry(
  definition: { readonly scope: Scope; readonly slice: string; readonly id: string; readonly now: number },
  input: { version: number; state: 'published' | 'killed'; backfill: boolean },
): Entry {
  const { slice, id, scope, now } = definition;
  return {
    id: `definition:${slice}:${id}:${input.version}:${input.state}:${now}`,
    scope,
    origin: 'source',
    depth: 0,
    body: { what: 'definition', slice, id, ...input },
  };
}
