import type { SampleRow } from './test-tables.contract.ts';

/** A row of the sample table; what is not given has a plain value. */
export function sampleRow(part: Partial<SampleRow> & { workspace: string }): SampleRow {
  return {
    environment: 'production',
    id: 'r1',
    label: 'label',
    count: 1,
    ratio: 0.5,
    open: true,
    data: { a: 1 },
    seenAt: 1_700_000_000_000,
    ...part,
  };
}
