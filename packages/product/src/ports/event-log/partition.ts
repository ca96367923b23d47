import { type Entry, partitionKey } from '../../kernel/entry.ts';
import { fnv1a } from '../../kernel/hash.ts';

/** Entries by partition, order kept. */
export function groupByPartition(entries: readonly Entry[], partitions: number): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const partition = partitions === 1 ? 0 : fnv1a(`${entry.scope.environment}\n${partitionKey(entry)}`) % partitions;
    const group = groups.get(partition);
    if (group) group.push(entry);
    else groups.set(partition, [entry]);
  }
  return groups;
}
