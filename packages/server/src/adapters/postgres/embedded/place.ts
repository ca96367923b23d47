import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { copyBinaries, findBinaries } from './binaries.ts';

/** Where the private cluster lives and as whom it runs. */
export interface Place {
  /** The cluster's data directory. */
  readonly cluster: string;
  readonly binaries: string;
  /** Set when we are root: PostgreSQL refuses to run as root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Shared by every installation on this machine that runs as root and lies where nobody else may go. */
const reachableRoot = '/var/lib/gangway';

/**
 * As a normal user the cluster lies in the data folder. As root it runs as `postgres` (or `nobody`), and both
 * the cluster and the binaries must be where that user can reach them: a folder under a closed home is not, so
 * then they go to /var/lib/gangway, under a name derived from the data folder.
 */
export async function findPlace(dataFolder: string): Promise<Place> {
  const native = await findBinaries();
  await mkdir(dataFolder, { recursive: true });
  const inside = join(resolve(dataFolder), 'postgres');
  if (process.getuid?.() !== 0) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return { cluster: inside, binaries: native };
  }
  const user = await unprivilegedUser();
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 16);
  const cluster = (await reachable(dirname(inside), user.uid)) ? inside : join(reachableRoot, name);
  await mkdir(dirname(cluster), { recursive: true, mode: 0o755 });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await chown(cluster, user.uid, user.gid);
  await chmod(cluster, 0o700);
  const binaries = (await reachable(join(native, 'bin'), user.uid))
    ? native
    : await copyBinaries(native, join(reachableRoot, 'binaries-18.4'));
  return { cluster, binaries, user };
}

/** Whether a user can walk to a folder: every ancestor lets others through, or belongs to them. */
async function reachable(folder: string, uid: number): Promise<boolean> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const info = await stat(path);
    const mine = info.uid === uid && (info.mode & 0o100) !== 0;
    if (!mine && (info.mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  const row = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return { uid: Number(row?.[2] ?? 65534), gid: Number(row?.[3] ?? 65534) };
}
