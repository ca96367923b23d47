import { expect, test, vi } from 'vitest';
import { type DiskRoom, refuseReplayWithoutRoom, spaceOf, watchDisk } from './disk-watch.ts';

const gigabyte = 1024 ** 3;

test.each([
  [{ free: 60 * gigabyte, total: 1000 * gigabyte }, 'ample'],
  [{ free: 49 * gigabyte, total: 1000 * gigabyte }, 'low'],
  [{ free: gigabyte, total: 10 * gigabyte }, 'ample'],
  [{ free: 0.3 * gigabyte, total: gigabyte }, 'low'],
  [{ free: 0.19 * gigabyte, total: 1000 * gigabyte }, 'full'],
  [{ free: 0, total: 0 }, 'full'],
] as const)('68: of %o the room is %s', (room, space) => {
  expect(spaceOf(room)).toBe(space);
});

test('68: running short is told in words that hold for a database here and for one elsewhere', async () => {
  const told: string[] = [];
  const disk = await watchDisk({
    folder: '/data',
    report: (sentence) => told.push(sentence),
    measure: async () => ({ free: 0.3 * gigabyte, total: gigabyte }),
  });
  disk.stop();
  expect([disk.space(), told]).toEqual([
    'low',
    ['Room for /data runs short: 307 MB are free. Imports wait, and so does a replay that would write there; events are taken.'],
  ]);
});

test('67: the room is looked at again and again, each change is told once, and a look that fails changes nothing', async () => {
  vi.useFakeTimers();
  const rooms: (DiskRoom | undefined)[] = [
    { free: gigabyte, total: gigabyte },
    { free: 0, total: gigabyte },
    undefined,
    { free: 0, total: gigabyte },
    { free: gigabyte, total: gigabyte },
  ];
  const told: string[] = [];
  const measure = async () => rooms.shift() ?? Promise.reject(new Error('EIO'));
  const disk = await watchDisk({ folder: '/data', report: (sentence) => told.push(sentence), every: 1_000, measure });
  const spaces = [disk.space()];
  for (let look = 0; look < 4; look++) {
    await vi.advanceTimersByTimeAsync(1_000);
    spaces.push(disk.space());
  }
  disk.stop();
  vi.useRealTimers();
  expect(spaces).toEqual(['ample', 'full', 'full', 'full', 'ample']);
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/no room for \/data: 0 MB are free/);
});

test('68: a replay is refused where its copy could fill the disk, and says how much is free', async () => {
  await refuseReplayWithoutRoom('/data', async () => ({ free: gigabyte, total: gigabyte }));
  await expect(refuseReplayWithoutRoom('/data', async () => ({ free: 0.3 * gigabyte, total: gigabyte }))).rejects.toMatchObject({
    ...{ name: 'Problem', code: 'no_room_for_replay' },
    message: expect.stringMatching(/^The disk of \/data runs short \(307 MB are free\)/),
  });
});
