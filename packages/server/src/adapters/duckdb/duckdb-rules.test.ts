import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeRuleCases } from '@gangway/product/features/segments/server/queries/rule-cases-in-sql.contract.ts';
import { afterAll } from 'vitest';
import { createDuckdbWarehouse } from './duckdb-warehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'gangway-duckdb-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeRuleCases('DuckDB', () => createDuckdbWarehouse({ path: join(folder, 'rules.duckdb'), threads: 1 }));
