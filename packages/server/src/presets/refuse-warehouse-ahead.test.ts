import type { SessionAnswer } from '@gangway/product/features/workspace/contract.ts';
import { createMemoryWarehouse } from '@gangway/product/ports/warehouse/memory-warehouse.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { refuseWarehouseAhead } from './refuse-warehouse-ahead.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ run: false });
  const { body } = await server.owner.get<SessionAnswer>('/api/session');
  const writeKey = body.environments.find(({ id }) => id === server.environment.id)?.writeKey ?? '';
  await server.owner.post('/v1/track', { type: 'track', event: 'Board Created', userId: 'ada', messageId: newId() }, basic(writeKey));
  await server.settle();
});
afterAll(() => server.stop());

async function warehouseAt(position: number) {
  const warehouse = createMemoryWarehouse();
  await warehouse.write({ partition: 0, position, rows: [], merges: [] });
  return { db: server.ports.db, warehouse };
}

test('a warehouse that is behind or level is taken; one that knows more than the database is refused', async () => {
  const level = await server.ports.warehouse.position(0);
  expect(level).toBeGreaterThan(0);
  await refuseWarehouseAhead({ db: server.ports.db, warehouse: createMemoryWarehouse() }, 1);
  await refuseWarehouseAhead(await warehouseAt(level), 1);
  await expect(refuseWarehouseAhead(await warehouseAt(level + 1), 1)).rejects.toMatchObject({ code: 'warehouse_ahead' });
});
