import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { replayCommand } from './replay-command.ts';

let database: TestDatabase;
let parent: string;
beforeAll(async () => {
  database = await createTestDatabase();
  parent = await mkdtemp(join(tmpdir(), 'gangway-replay-'));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await database.drop();
  await rm(parent, { recursive: true, force: true });
});

test('with a PostgreSQL of one’s own it runs on a data folder that is not there yet', async () => {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  const code = await replayCommand({
    ...{ dataFolder: join(parent, 'new'), environment: { DATABASE_URL: database.url }, progress: () => undefined },
    report: (error: unknown) => {
      throw error;
    },
    onLost: (reason: string) => {
      throw new Error(reason);
    },
  });
  expect(code).toBe(0);
  expect(said).toHaveBeenCalledExactlyOnceWith(JSON.stringify({ name: 'replay', batches: 0, different: [] }));
});
