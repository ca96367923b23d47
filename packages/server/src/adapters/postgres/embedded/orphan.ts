import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What a cluster's own pid file says about the PostgreSQL that runs on it. */
export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** The PostgreSQL that runs on a cluster, if one does: left over by a server that was killed, or a live one's. */
export async function findRunning(cluster: string): Promise<Running | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port] = text.split('\n');
  if (!pid || !port || !(await isPostgres(Number(pid)))) return undefined;
  return { pid: Number(pid), port: Number(port) };
}

/** A process id may have been given to somebody else since: only a process that is a postgres counts. */
async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres');
}

/** Removes the pid file of a PostgreSQL that is gone, so that the next one does not take a stranger for it. */
export async function forgetDead(cluster: string): Promise<void> {
  if (!(await findRunning(cluster))) await rm(join(cluster, 'postmaster.pid'), { force: true });
}
