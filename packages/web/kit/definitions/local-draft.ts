/** What a browser keeps of a draft that the server has not (yet) taken: nothing typed is lost by a reload. */
export interface LocalDraft {
  /** The server's revision that it was based on; 0 = the server knows nothing of it. */
  readonly revision: number;
  readonly body: unknown;
}

function keyOf(environment: string, slice: string, id: string): string {
  return `gangway:draft:${environment}:${slice}:${id}`;
}

/** The kept draft, or undefined where there is none or storage is closed to us. */
export function loadLocalDraft(environment: string, slice: string, id: string): LocalDraft | undefined {
  try {
    const text = localStorage.getItem(keyOf(environment, slice, id));
    const value: unknown = text === null ? undefined : JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('revision' in value) || !('body' in value)) return undefined;
    return typeof value.revision === 'number' ? { revision: value.revision, body: value.body } : undefined;
  } catch {
    // Storage is blocked or holds something foreign: the server's draft is the only one then.
    return undefined;
  }
}

/** Keeps a draft, or forgets it when `draft` is undefined. Without storage it does nothing. */
export function keepLocalDraft(place: { environment: string; slice: string; id: string }, draft: LocalDraft | undefined): void {
  const key = keyOf(place.environment, place.slice, place.id);
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Full or blocked: autosave to the server still runs, only the safety net is missing.
  }
}
