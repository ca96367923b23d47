import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddedPreset } from './embedded.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-embedded-'));
  // As root the cluster belongs to another user, who must come through.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  createEmbeddedPreset({
    ...{ dataFolder: folder, environment: {}, progress: () => undefined },
    report: (error: unknown) => {
      throw error;
    },
    onLost: (reason: string) => {
      throw new Error(reason);
    },
  });

test('a warehouse that knows more than the database is refused, and nothing is left open', async () => {
  const { ports, close } = await open();
  expect(await ports.warehouse.position(0)).toBe(0);
  await ports.warehouse.write({ partition: 0, position: 7, rows: [], merges: [] });
  await close();
  await expect(open()).rejects.toMatchObject({ code: 'warehouse_ahead' });
  // As docs/operate.md says. An open PostgreSQL or analytics file would be in the way now.
  await rm(join(folder, 'warehouse'), { recursive: true });
  const again = await open();
  expect(await again.ports.warehouse.position(0)).toBe(0);
  await again.close();
});
