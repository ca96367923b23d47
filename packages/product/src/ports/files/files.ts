/** Named blobs. A name is a relative path of `a-z 0-9 . _ -` segments; see {@link isFileName}. */
export interface Files {
  /** Stores or replaces; resolves when it is on disk. A reader sees the old or the new bytes, never a mixture. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is none. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Names that start with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Removing what is not there is fine. */
  remove(name: string): Promise<void>;
}

/** Whether a name stays inside the store: no empty, dotted or absolute parts. */
export function isFileName(name: string): boolean {
  return name.length <= 500 && name.split('/').every((part) => /^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,199}$/.test(part));
}
