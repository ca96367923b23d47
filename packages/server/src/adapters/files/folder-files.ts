import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Files, isFileName } from '@gangway/product/ports/files/files.ts';

/**
 * Files in a folder, which is made when it is missing. A name is the path below it, so one name may not be the
 * folder of another. Temporary files begin with a dot, which no name does; those of a crash are removed here.
 */
export async function openFolderFiles(folder: string): Promise<Files> {
  await makeFolder(folder);
  for (const path of await walk(folder, '')) {
    if (isTemporary(path)) await unlink(join(folder, path)).catch(unlessMissing);
  }
  return {
    async put(name, bytes) {
      if (!isFileName(name)) throw new RangeError(`not a file name: ${name}`);
      await putAtomically(join(folder, name), bytes);
    },
    async get(name) {
      if (!isFileName(name)) return undefined;
      const found = await readFile(join(folder, name)).catch(unlessMissing);
      return found && new Uint8Array(found);
    },
    async list(prefix) {
      const below = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      if (below !== '' && !isFileName(below.slice(0, -1))) return [];
      const names = await walk(folder, below);
      return names.filter((name) => name.startsWith(prefix) && !isTemporary(name)).sort();
    },
    async remove(name) {
      if (!isFileName(name)) return;
      await rm(join(folder, name), { force: true }).catch(unlessMissing);
    },
  };
}

function isTemporary(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('.');
}

/** Written beside its place, on disk before it takes the name, and the name on disk before this resolves. */
async function putAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const parent = dirname(path);
  const temporary = join(parent, `.${randomUUID()}`);
  await makeFolder(parent);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(parent);
}

/** A new folder is on disk when the folder that holds its name is. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The paths of all files below, relative to `root`, with slashes. */
async function walk(root: string, below: string): Promise<string[]> {
  const entries: Dirent[] = (await readdir(join(root, below), { withFileTypes: true }).catch(unlessMissing)) ?? [];
  const nested = entries.map(async (entry) => {
    if (entry.isDirectory()) return walk(root, `${below}${entry.name}/`);
    return [`${below}${entry.name}`];
  });
  return (await Promise.all(nested)).flat();
}

/** What is not there, or is a folder, or lies under a file, is nothing; everything else is an error. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (!['ENOENT', 'EISDIR', 'ENOTDIR', 'ERR_FS_EISDIR'].includes(error.code ?? '')) throw error;
}
