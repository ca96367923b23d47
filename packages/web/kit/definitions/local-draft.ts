/** What a browser keeps of a draft that the server has not (yet) taken: nothing typed is lost by a reload. */
export interface LocalDraft {
  /** The server's revision that it was based on; 0 = the server knows nothing of it. */
  readonly revision: number;
  readonly body: unknown;
  /** When it was kept, milliseconds since 1970. */
  readonly at: number;
}

/** Where a draft belongs. */
export interface DraftPlace {
  readonly environment: string;
  readonly slice: string;
  readonly id: string;
}

const prefixOf = (place: Omit<DraftPlace, 'id'>) => `gangway:draft:${place.environment}:${place.slice}:`;

/** The kept draft, or undefined where there is none or storage is closed to us. */
export function loadLocalDraft(place: DraftPlace): LocalDraft | undefined {
  try {
    return parse(localStorage.getItem(prefixOf(place) + place.id));
  } catch {
    // Storage is blocked: the server's draft is the only one then.
    return undefined;
  }
}

/** Every kept draft of a slice; empty where storage is closed to us. */
export function listLocalDrafts(place: Omit<DraftPlace, 'id'>): { id: string; draft: LocalDraft }[] {
  const prefix = prefixOf(place);
  try {
    return Object.keys(localStorage).flatMap((key) => {
      const draft = key.startsWith(prefix) ? parse(localStorage.getItem(key)) : undefined;
      return draft ? [{ id: key.slice(prefix.length), draft }] : [];
    });
  } catch {
    // Storage is blocked: there is nothing that only this browser knows.
    return [];
  }
}

/** Keeps a draft, or forgets it when `draft` is undefined. Without storage it does nothing. */
export function keepLocalDraft(place: DraftPlace, draft: LocalDraft | undefined): void {
  const key = prefixOf(place) + place.id;
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Full or blocked: autosave to the server still runs, only the safety net is missing.
  }
}

function parse(text: string | null): LocalDraft | undefined {
  try {
    const value: unknown = text === null ? undefined : JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('revision' in value) || !('body' in value)) return undefined;
    const at = 'at' in value && typeof value.at === 'number' ? value.at : 0;
    return typeof value.revision === 'number' ? { revision: value.revision, body: value.body, at } : undefined;
  } catch {
    // Something foreign under our name: not a draft.
    return undefined;
  }
}
