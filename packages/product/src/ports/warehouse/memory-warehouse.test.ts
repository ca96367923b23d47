import { createMemoryWarehouse, createMemoryWarehouseDisk } from './memory-warehouse.ts';
import { describeWarehouseContract } from './warehouse.contract.ts';

describeWarehouseContract('memory', async () => {
  const disk = createMemoryWarehouseDisk();
  return { warehouse: createMemoryWarehouse(disk), reopen: async () => createMemoryWarehouse(disk), close: async () => undefined };
});
