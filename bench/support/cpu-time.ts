import { readFile } from 'node:fs/promises';

/** Ticks of `/proc` a second; Linux has had this value on every machine for twenty years. */
const ticksPerSecond = 100;

/**
 * Seconds of CPU that a process, its living children and its ended, waited-for children have used. On a shared
 * machine this says more about a change than the clock on the wall.
 *
 * @param whose `alone` leaves the children out
 */
export async function cpuSeconds(pid: number, whose: 'alone' | 'family' = 'family'): Promise<number> {
  const pids = whose === 'alone' ? [pid] : [pid, ...(await childrenOf(pid))];
  const ticks = await Promise.all(pids.map((each) => ticksOf(each, whose === 'alone' ? 2 : 4)));
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

/** The first of utime, stime, cutime and cstime: the fields 14 to 17 of proc(5); the name before them may hold spaces. */
async function ticksOf(pid: number, fields: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 11 + fields);
  return times.reduce((sum, each) => sum + Number(each), 0);
}
