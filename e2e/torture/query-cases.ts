import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import { timeline } from '@gangway/product/features/people/server/queries/timeline.ts';
import { reportCases, reportPeopleCases } from '@gangway/product/features/reports/server/queries/report-cases.contract.ts';
import { instants, names } from '@gangway/product/features/reports/server/queries/report-histories.contract.ts';
import { pastEvents } from '@gangway/product/pipeline/past-events.ts';
import { historyPeople } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { type QueryCase, queryCase } from '@gangway/product/ports/warehouse/warehouse-queries.contract.ts';
import { constant, integer, oneof, record, uniqueArray } from 'fast-check';

const person = integer({ min: 1, max: historyPeople });
const limit = integer({ min: 0, max: 20 });
const before = oneof(
  instants.map((at) => at * 4096),
  constant(Number.MAX_SAFE_INTEGER),
);

/** Every query of the product but the one of rules, which has a torture of its own. */
export const queryCases: readonly QueryCase[] = [
  ...reportCases,
  ...reportPeopleCases,
  queryCase(timeline, record({ person, before, limit })),
  queryCase(recentEvents, record({ limit })),
  queryCase(pastEvents, record({ people: uniqueArray(person), names: uniqueArray(names, { minLength: 1 }) })),
];
