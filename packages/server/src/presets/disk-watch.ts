import { statfs } from 'node:fs/promises';
import { Problem } from '@gangway/product/kernel/problem.ts';
import type { Space } from '@gangway/product/kernel/space.ts';

/** Below this nothing new is taken: PostgreSQL needs room of its own to stop in order. */
export const leastFree = 200 * 1024 ** 2;
const lowShare = 0.05;

/** Bytes of a file system. */
export interface DiskRoom {
  readonly free: number;
  readonly total: number;
}

/** Knows how much room there is, without asking the disk each time. */
export interface DiskWatch {
  space(): Space;
  stop(): void;
}

interface DiskWatchOptions {
  readonly folder: string;
  /** Takes a sentence whenever the room changes its name. */
  readonly report: (sentence: string) => void;
  /** Milliseconds between two looks. */
  readonly every?: number;
  readonly measure?: (folder: string) => Promise<DiskRoom>;
}

/** Looks at once and then again and again; a look that fails changes nothing. */
export async function watchDisk({ folder, report, every = 5_000, measure = measureDisk }: DiskWatchOptions): Promise<DiskWatch> {
  let space: Space = 'ample';
  const look = async () => {
    const room = await measure(folder).catch(() => undefined);
    const found = room === undefined ? space : spaceOf(room);
    if (room && found !== space) report(sentences[found](folder, room));
    space = found;
  };
  await look();
  const timer = setInterval(() => void look(), every);
  timer.unref();
  return { space: () => space, stop: () => clearInterval(timer) };
}

/** One look. */
export async function measureDisk(folder: string): Promise<DiskRoom> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}

export function spaceOf({ free, total }: DiskRoom): Space {
  if (free < leastFree) return 'full';
  return free < Math.max(total * lowShare, 2 * leastFree) ? 'low' : 'ample';
}

/**
 * Refuses a replay where its copy of everything could fill the disk. Only for a database in this folder: what disk
 * another PostgreSQL has, and how full it is, no statement tells.
 */
export async function refuseReplayWithoutRoom(folder: string, measure: typeof measureDisk = measureDisk): Promise<void> {
  const room = await measure(folder);
  if (spaceOf(room) === 'ample') return;
  throw new Problem(
    'no_room_for_replay',
    500,
    `The disk of ${folder} runs short (${megabytes(room.free)} are free), and a replay writes a second copy of everything. Make room first; nothing was changed.`,
  );
}

const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 ** 2)} MB`;
const sentences: Readonly<Record<Space, (folder: string, room: DiskRoom) => string>> = {
  ample: (folder, { free }) => `There is room again for ${folder}: ${megabytes(free)} are free. Everything is taken.`,
  low: (folder, { free }) =>
    `Room for ${folder} runs short: ${megabytes(free)} are free. Imports wait, and so does a replay that would write there; events are taken.`,
  full: (folder, { free }) =>
    `There is no room for ${folder}: ${megabytes(free)} are free. Events are refused with 503; reading and signing in go on.`,
};
