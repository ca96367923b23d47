import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import { timeline } from '@gangway/product/features/people/server/queries/timeline.ts';
import type { FunnelStep } from '@gangway/product/features/reports/funnel.ts';
import { activation } from '@gangway/product/features/reports/server/queries/activation.ts';
import { describeClockChanges } from '@gangway/product/features/reports/server/queries/clock-changes.contract.ts';
import { funnelRows } from '@gangway/product/features/reports/server/queries/funnel-rows.ts';
import { reportCases, reportPeopleCases } from '@gangway/product/features/reports/server/queries/report-cases.contract.ts';
import { describeReportFixtures } from '@gangway/product/features/reports/server/queries/report-fixtures.contract.ts';
import { reportHistories } from '@gangway/product/features/reports/server/queries/report-histories.contract.ts';
import { pastEvents } from '@gangway/product/pipeline/past-events.ts';
import { historyLength, historyNames, historyPeople, historyStart } from '@gangway/product/ports/warehouse/warehouse-history.contract.ts';
import { describeWarehouseQueries, queryCase } from '@gangway/product/ports/warehouse/warehouse-queries.contract.ts';
import { type Arbitrary, array, constantFrom, integer, oneof, record, uniqueArray } from 'fast-check';
import { afterAll } from 'vitest';
import { createDuckdbWarehouse } from './duckdb-warehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'gangway-duckdb-'));
afterAll(() => rmSync(folder, { recursive: true }));

const name = constantFrom(...historyNames);
const instant = integer({ min: historyStart - 2, max: historyStart + historyLength + 2 });
const within = oneof(integer({ min: 0, max: 10 }), integer({ min: 0, max: 2 * historyLength }));
const step: Arbitrary<FunnelStep> = oneof(
  { arbitrary: record({ type: constantFrom('event' as const), name }), weight: 3 },
  record({ type: constantFrom('milestone' as const), id: name }),
);
const limit = integer({ min: 0, max: 20 });
const event = oneof(constantFrom(''), name);

describeWarehouseQueries(
  'DuckDB',
  () => createDuckdbWarehouse({ path: join(folder, 'warehouse.duckdb'), memoryLimit: '128MB', threads: 1, runLength: 300 }),
  [
    queryCase(funnelRows, record({ steps: array(step, { minLength: 2, maxLength: 5 }), from: instant, to: instant, within })),
    queryCase(activation, record({ milestone: name, start: event, from: instant, to: instant, within, asOf: instant })),
    queryCase(timeline, record({ person: integer({ min: 1, max: historyPeople }), before: instant.map((at) => at * 4096), limit })),
    queryCase(recentEvents, record({ limit })),
    queryCase(
      pastEvents,
      record({ people: uniqueArray(integer({ min: 1, max: historyPeople })), names: uniqueArray(name, { minLength: 1 }) }),
    ),
  ],
);

describeWarehouseQueries(
  'DuckDB, reports over a season',
  () => createDuckdbWarehouse({ path: join(folder, 'season.duckdb'), memoryLimit: '256MB', threads: 1, runLength: 200 }),
  [...reportCases, ...reportPeopleCases],
  { drawn: reportHistories, runs: 20 },
);

describeClockChanges('DuckDB', () => createDuckdbWarehouse({ path: join(folder, 'clocks.duckdb'), memoryLimit: '128MB', threads: 1 }));
describeReportFixtures('DuckDB', () => createDuckdbWarehouse({ path: join(folder, 'fixtures.duckdb'), memoryLimit: '128MB', threads: 1 }));
