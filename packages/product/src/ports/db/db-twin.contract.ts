import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  jsonValue,
  oneof,
  option,
  record,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../kernel/json.ts';
import type { Access, Db, Tx } from './db.ts';
import { createMemoryDb } from './memory-db.ts';
import { sampleRow } from './sample-row.contract.ts';
import { type SampleRow, samples } from './test-tables.contract.ts';

type Part = Omit<SampleRow, 'workspace' | 'environment'>;
type Act =
  | { readonly act: 'put' | 'insertNew'; readonly parts: readonly Part[] }
  | { readonly act: 'remove'; readonly ids: readonly string[] }
  | { readonly act: 'fail' };

const id = constantFrom('a', 'b', 'c', 'd', 'é', "o'");
// A column of PostgreSQL holds no NUL.
const text = string({ unit: 'binary', maxLength: 8 }).map((value) => value.replaceAll('\u0000', ''));
const part: Arbitrary<Part> = record({
  id,
  label: option(text),
  count: option(integer()),
  ratio: option(integer().map((value) => value / 8)),
  open: option(boolean()),
  data: jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
  seenAt: option(integer({ min: 0, max: 2 ** 41 })),
});
const act: Arbitrary<Act> = oneof(
  record({ act: constantFrom('put' as const, 'insertNew' as const), parts: array(part, { maxLength: 4 }) }),
  record({ act: constantFrom('remove' as const), ids: array(id, { maxLength: 3 }) }),
  record({ act: constantFrom('fail' as const) }),
);

/** Any sequence of transactions leaves the same rows and gives the same answers as in the in-memory twin. */
export function describeDbTwin(db: () => Db): void {
  test('does what the twin does', async () => {
    await assert(
      asyncProperty(array(array(act, { maxLength: 3 }), { maxLength: 5 }), async (transactions) => {
        const workspace = `w_${crypto.randomUUID()}`;
        expect(await play(db(), workspace, transactions)).toEqual(await play(createMemoryDb(), workspace, transactions));
      }),
      { numRuns: 30 },
    );
  });
}

async function play(db: Db, workspace: string, transactions: readonly (readonly Act[])[]): Promise<unknown[]> {
  const access: Access = { as: 'request', scope: { workspace, environment: 'production' } };
  const answers: unknown[] = [];
  for (const acts of transactions) {
    const work = async (tx: Tx) => {
      const given: unknown[] = [];
      for (const one of acts) given.push(await perform(tx, workspace, one));
      return given;
    };
    answers.push(await db.transaction(access, work).catch(() => 'rolled back'));
    answers.push(await db.transaction(access, (tx) => tx.list(samples, { orderBy: ['id'] })));
  }
  return answers;
}

async function perform(tx: Tx, workspace: string, one: Act): Promise<unknown> {
  if (one.act === 'fail') throw new Error('on purpose');
  if (one.act === 'remove')
    return tx.remove(
      samples,
      one.ids.map((key) => ({ workspace, environment: 'production', id: key })),
    );
  const rows = one.parts.map((each) => sampleRow({ workspace, ...each }));
  if (one.act === 'put') return tx.put(samples, rows);
  return (await tx.insertNew(samples, rows)).map((row) => row.id).sort();
}
