import { beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../ports/db/db.ts';
import { createMemoryDb } from '../ports/db/memory-db.ts';
import { featuresOf } from '../rules/features.ts';
import { EventCounts } from './event-counts.ts';
import { keyed } from './fact-index.ts';
import { nextPeople, type PeopleStep } from './people-to-count.ts';
import type { PreparationRow } from './preparation-tables.ts';
import { emptyPersonDoc } from './subject-doc.ts';
import { type PersonRow, people } from './tables.ts';

const scope = { workspace: 'w', environment: 'e' };
/** As many as one step looks at. */
const aStep = 4_000;
const features = keyed(featuresOf({ type: 'event_sum', name: 'Paid', property: 'sum', operator: 'at_least', value: 10 }));
const pass: PreparationRow = {
  ...{ ...scope, slice: 'goals', definition: 'payer', version: 1, needs: {}, entry: 'publication', everyone: true },
  ...{ phase: 'people', after: '', pass: 1, looked: 0, missing: 0, last: '', due: 0, among: null, left: [] },
};
const idOf = (number: number) => `p_${String(number).padStart(6, '0')}`;

/** Has paid once; `counted`: and that is counted. */
function person(number: number, { counted = true, mergedInto = null as string | null } = {}): PersonRow {
  const events = EventCounts.of({ Paid: { count: 1, first: 1, last: 1, recent: [1] } });
  return {
    ...{ ...scope, id: idOf(number), number, userId: `u${number}`, anonymousId: null, name: null, email: null, level: 'server' as const },
    ...{ firstSeen: 1, lastSeen: 1, claimedAt: null, verifiedAt: null, mergedInto },
    doc: { ...emptyPersonDoc, events, ...(counted ? { covered: Object.fromEntries(features.map(({ key }) => [key, 1])) } : {}) },
  };
}

let db: ReturnType<typeof createMemoryDb>;
beforeEach(() => {
  db = createMemoryDb();
});
const inStore = <T>(work: (tx: Tx) => Promise<T>) => db.transaction({ as: 'system' }, work);
const put = (...rows: PersonRow[]) => inStore((tx) => tx.put(people, rows));
const step = (row: Partial<PreparationRow>) => inStore((tx) => nextPeople(tx, { ...pass, ...row }, features));
const told = ({ looked, left, after }: PeopleStep) => ({ looked, after, left: left.map(({ id }) => id) });

describe('a pass over more people than one step looks at', () => {
  it('finds who was merged from ahead of it into somebody whom it has left behind', async () => {
    await put(...Array.from({ length: aStep + 2 }, (_, number) => person(number)));
    const first = await step({});
    expect(told(first)).toEqual({ looked: aStep, after: idOf(aStep - 1), left: [] });
    // With somebody in between: the survivor of a merge became another one in the next.
    await put(
      ...[person(aStep, { mergedInto: idOf(aStep + 1) }), person(aStep + 1, { mergedInto: idOf(0) })],
      ...[person(0, { counted: false })],
    );
    expect(told(await step({ after: first.after ?? '' }))).toEqual({ looked: 2, after: undefined, left: [idOf(0)] });
  });

  it('goes on behind a page of people who are all gone', async () => {
    const among = Array.from({ length: aStep + 1 }, (_, number) => idOf(number));
    await put(person(aStep, { counted: false }));
    const first = await step({ among });
    expect(told(first)).toEqual({ looked: aStep, after: idOf(aStep - 1), left: [] });
    expect(told(await step({ among, after: first.after ?? '' }))).toEqual({ looked: 1, after: undefined, left: [idOf(aStep)] });
  });
});
