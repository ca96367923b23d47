import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Milliseconds that the disk alone takes to keep a few kilobytes, as often as a log is flushed at half its rate, while
 * nothing else writes: what no log that is on disk before it answers can be better than.
 */
export async function bareFlushes(folder: string, input: { seconds: number; bytes: number }): Promise<number[]> {
  const path = join(folder, 'flushed');
  const file = await open(path, 'w');
  const size = 32 * 2 ** 20;
  const piece = Buffer.alloc(input.bytes, 'x');
  try {
    // In place afterwards, as in a log whose files are used again: a file that grows is flushed with its length.
    await file.writeFile(Buffer.alloc(size));
    await file.sync();
    const times: number[] = [];
    const end = performance.now() + input.seconds * 1000;
    for (let position = 0; performance.now() < end; position = (position + piece.length) % (size - piece.length)) {
      const begun = performance.now();
      await file.write(piece, 0, piece.length, position);
      await file.datasync();
      times.push(performance.now() - begun);
      await sleep(10);
    }
    return times;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
