import type { DefinitionRow } from '../api/answers.ts';
import { useEnvironment } from '../api/environment.tsx';
import { listLocalDrafts } from './local-draft.ts';
import type { DefinitionSlice } from './use-definitions.ts';

/**
 * Drafts that only this browser has, because they were never complete enough to be saved: without a row in the
 * list nobody would find them again. `known` are the server's rows.
 */
export function useLocalOnly(slice: DefinitionSlice, known: readonly DefinitionRow[]): DefinitionRow[] {
  const environment = useEnvironment().id;
  const ids = new Set(known.map((row) => row.id));
  return listLocalDrafts({ environment, slice })
    .filter(({ id, draft }) => draft.revision === 0 && !ids.has(id))
    .map(({ id, draft }) => ({
      id,
      name: nameOf(draft.body) || id,
      version: null,
      live: false,
      changed: true,
      updatedAt: draft.at,
      publishedAt: null,
      numbers: {},
    }));
}

function nameOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string' ? body.name : '';
}
