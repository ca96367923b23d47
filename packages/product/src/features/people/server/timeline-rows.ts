import type { Scope } from '../../../kernel/scope.ts';
import type { SqlReader } from '../../../ports/db/db.ts';
import type { WarehouseRow } from '../../../ports/warehouse/warehouse.ts';
import type { TimelineEvent } from '../contract.ts';
import { labelNumbers } from './reader.ts';

/** Warehouse rows as screens show them, newest first as they came. */
export async function toTimeline(
  sql: SqlReader,
  scope: Scope,
  rows: readonly WarehouseRow[],
  milestoneName: (id: string) => string,
): Promise<TimelineEvent[]> {
  const labels = await labelNumbers(sql, scope, [...new Set(rows.map((row) => row.person))]);
  return rows.map((row) => {
    const person = labels.get(row.person);
    return {
      id: row.id,
      type: row.kind === 'milestone' ? 'milestone' : row.type,
      name: row.kind === 'milestone' ? `Milestone reached: ${milestoneName(row.name)}` : row.name,
      person: person?.id ?? null,
      personLabel: person?.label ?? null,
      account: row.account,
      time: Math.floor(row.k / 4096),
      properties: JSON.parse(row.properties) as Record<string, unknown>,
    };
  });
}
