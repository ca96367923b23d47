import { type Arbitrary, array, assert, asyncProperty, stringify, toStringMethod, tuple } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryWarehouse } from './memory-warehouse.ts';
import type { Query, Scoped, Warehouse } from './warehouse.ts';
import { type History, histories } from './warehouse-history.contract.ts';

/** Hundreds of questions take a minute on a busy machine. What takes longer than this will not end. Milliseconds. */
const untilItHangs = 600_000;

/** A query with drawn parameters, asked of any warehouse about any scope. */
export type Ask = (warehouse: Warehouse, scope: string) => Promise<unknown>;

/** One query of the list. Its types of parameters and rows stay inside. */
export interface QueryCase {
  readonly name: string;
  readonly asks: Arbitrary<readonly Ask[]>;
}

/** A query, and how its parameters (all but the scope) are drawn. */
export function queryCase<Params extends Scoped, Plain extends object, Result>(
  query: Query<Params, Plain, Result>,
  parameters: Arbitrary<Omit<Params, 'scope'>>,
): QueryCase {
  const ask = parameters.map((drawn): Ask => {
    const run: Ask = (warehouse, scope) => warehouse.run(query, { ...drawn, scope } as unknown as Params);
    // What a failing run prints.
    return Object.defineProperty(run, toStringMethod, { value: () => JSON.stringify(drawn) });
  });
  return { name: query.name, asks: array(ask, { minLength: 1, maxLength: 4 }) };
}

/** Holds the adapter's answers against the fold in memory, over generated histories with merges. */
export function describeWarehouseQueries(
  name: string,
  create: () => Promise<Warehouse>,
  cases: readonly QueryCase[],
  { drawn: drawnHistories = histories, runs = 150 }: { drawn?: Arbitrary<(scope: string) => History>; runs?: number } = {},
): void {
  describe(`queries: ${name}`, () => {
    let warehouse: Warehouse;
    let position = 0;
    beforeAll(async () => {
      warehouse = await create();
      position = await warehouse.position(0);
    });
    afterAll(() => warehouse?.close());
    const tell = async (store: Warehouse, history: History, after: number) => {
      for (const [index, batch] of history.entries()) await store.write({ partition: 0, position: after + index + 1, ...batch });
    };

    test('every query gives the answer of its fold', { timeout: untilItHangs }, async () => {
      const all = tuple(...cases.map(({ asks }) => asks));
      await assert(
        asyncProperty(drawnHistories, all, async (historyIn, drawn) => {
          // Each history has a scope of its own, so that all of them may lie in one store.
          const scope = `w_${crypto.randomUUID()}/production`;
          const history = historyIn(scope);
          const twin = createMemoryWarehouse();
          await tell(twin, history, 0);
          await tell(warehouse, history, position);
          position += history.length;
          for (const [index, asks] of drawn.entries()) {
            for (const ask of asks)
              expect(await ask(warehouse, scope), `${cases[index]?.name} ${stringify(ask)} over ${JSON.stringify(history)}`).toEqual(
                await ask(twin, scope),
              );
          }
        }),
        { numRuns: runs },
      );
    });
  });
}
