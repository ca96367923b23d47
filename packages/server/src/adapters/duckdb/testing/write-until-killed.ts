// A process of its own: writes batches of three rows to the file until somebody kills it, and prints each position that was acknowledged. Rows are put in order every few batches, so that this is cut off too.
import { sampleWarehouseRow } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { createDuckdbWarehouse } from '../duckdb-warehouse.ts';

const [, , path = '', scope = ''] = process.argv;

async function writeUntilKilled(): Promise<void> {
  const warehouse = await createDuckdbWarehouse({ path, runLength: 20 });
  for (let position = 1; ; position++) {
    const rows = [1, 2, 3].map((number) => sampleWarehouseRow({ scope, id: `${position}-${number}`, k: position * 10 + number }));
    await warehouse.write({ partition: 0, position, rows, merges: [] });
    process.stdout.write(`${position}\n`);
  }
}

void writeUntilKilled();
