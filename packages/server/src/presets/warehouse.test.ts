import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openOwnWarehouse } from './warehouse.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'gangway-own-warehouse-'));
afterAll(() => rmSync(dataFolder, { recursive: true }));
const open = (memory: string) =>
  openOwnWarehouse({ environment: { GANGWAY_ANALYTICS_MEMORY: memory }, dataFolder, progress: () => undefined });

test('the memory of analytics is a setting', async () => {
  const warehouse = await open('64MB');
  expect(await warehouse.position(0)).toBe(0);
  const text = "select current_setting('memory_limit') as value";
  const asked = {
    name: 'memory',
    duckdb: () => ({ text, values: [] }),
    clickhouse: () => ({ text, values: [] }),
    fold: () => [],
    finish: (rows: readonly { value: string }[]) => rows[0]?.value,
  };
  expect(await warehouse.run(asked, { scope: 'w_1/production' })).toBe('61.0 MiB');
  const large = { ...asked, duckdb: () => ({ text: 'select list(range) as value from range(30000000)', values: [] }) };
  await expect(warehouse.run(large, { scope: 'w_1/production' })).rejects.toThrow(/memory/i);
  expect(await warehouse.run(asked, { scope: 'w_1/production' })).toBe('61.0 MiB');
  await warehouse.close();
});

test.each(['', 'much', '512', '-1GB', '0MB', '1GB; attach'])(
  'a setting that is no size is refused, and the file is left alone: %s',
  async (memory) => {
    await expect(open(memory)).rejects.toMatchObject({ code: 'bad_analytics_memory' });
    expect(existsSync(join(dataFolder, 'warehouse', 'gangway.duckdb.unreadable'))).toBe(false);
  },
);
