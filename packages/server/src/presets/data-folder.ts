import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Problem } from '@gangway/product/kernel/problem.ts';
import { leastFree, measureDisk, spaceOf } from './disk-watch.ts';

/** Makes sure that the data folder can be used, before anything is started in it. */
export async function prepareDataFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(path, `.probe-${randomBytes(4).toString('hex')}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    if (isCode(error, 'ENOSPC')) throw noSpace(path);
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'folder_not_writable',
      500,
      `The data folder ${path} cannot be written (${why}). Give this user the right to, or choose another folder with GANGWAY_DATA. Nothing was changed.`,
    );
  }
  // A start could end half-way, and PostgreSQL would stop soon after.
  if (spaceOf(await measureDisk(path)) === 'full') throw noSpace(path);
  return path;
}

function noSpace(path: string): Problem {
  return new Problem(
    'no_space',
    500,
    `There are less than ${leastFree / 1024 ** 2} MB free for ${path}. Free some, or choose another folder with GANGWAY_DATA. Nothing was changed.`,
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The installation's key, made once: what the secrets in the database are sealed with. Backups of the database do not hold it. */
export async function readMasterKey(folder: string): Promise<Buffer> {
  const file = join(folder, 'secret.key');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return Buffer.from(known.trim(), 'hex');
  const used = await readFile(join(folder, 'postgres.password')).then(
    () => true,
    () => false,
  );
  if (used)
    throw new Problem(
      'master_key_lost',
      500,
      `${file} is missing, and the secrets in the database cannot be opened without it. Put it back from your backup; nothing was changed.`,
    );
  const key = randomBytes(32);
  await writeFile(file, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return key;
}
