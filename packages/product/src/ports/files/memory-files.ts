import { type Files, isFileName } from './files.ts';

/** The in-memory twin of the files port. */
export function createMemoryFiles(blobs: Map<string, Uint8Array> = new Map()): Files {
  return {
    async put(name, bytes) {
      if (!isFileName(name)) throw new RangeError(`not a file name: ${name}`);
      blobs.set(name, bytes.slice());
    },
    get: async (name) => blobs.get(name)?.slice(),
    list: async (prefix) => [...blobs.keys()].filter((name) => name.startsWith(prefix)).sort(),
    remove: async (name) => void blobs.delete(name),
  };
}
