import type { Query } from './request.ts';
import { type GrowingList, useGrowingList } from './use-growing-list.ts';

const pageSize = 100;

/**
 * Reads a list that the server pages by `offset` and `limit`, growing as it is scrolled.
 * @param pick takes the rows and the total out of one answer
 */
export function usePages<Answer, Row>(
  path: string,
  query: Query,
  pick: (answer: Answer) => { rows: readonly Row[]; total: number },
): GrowingList<Row> {
  return useGrowingList<Answer, Row>({
    path,
    query,
    first: { offset: 0, limit: pageSize },
    next: (last, all) => {
      const offset = all.length * pageSize;
      return offset < pick(last).total ? { offset, limit: pageSize } : undefined;
    },
    pick,
  });
}
