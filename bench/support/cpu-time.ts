import { readdir, readFile } from 'node:fs/promises';

/** Ticks of `/proc` a second; Linux has had this value on every machine for twenty years. */
const ticksPerSecond = 100;

/**
 * Seconds of CPU that a process, its living children and its ended, waited-for children have used. On a shared
 * machine this says more about a change than the clock on the wall.
 */
export async function cpuSeconds(pid: number): Promise<number> {
  const pids = [pid, ...(await childrenOf(pid))];
  const ticks = await Promise.all(pids.map(ticksOf));
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
}

/** Seconds of CPU by name of thread, of one process. */
export async function cpuByThread(pid: number): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const stat = await readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8').catch(() => '');
    const name = /\((.*)\)/.exec(stat)?.[1] ?? '';
    const key = thread === String(pid) ? 'main' : name;
    const [user = 0, system = 0] = afterName(stat);
    sums.set(key, (sums.get(key) ?? 0) + (user + system) / ticksPerSecond);
  }
  return sums;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return afterName(stat).reduce((sum, each) => sum + each, 0);
}

/** utime, stime, cutime and cstime: the fields 14 to 17 of proc(5); the name before them may hold spaces. */
function afterName(stat: string): number[] {
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
}
