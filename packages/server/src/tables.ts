import { identityTables } from '@gangway/product/features/identity/server/tables.ts';
import { importTables } from '@gangway/product/features/imports/server/tables.ts';
import { portalTables } from '@gangway/product/features/portal/server/tables.ts';
import { workspaceTables } from '@gangway/product/features/workspace/server/tables.ts';
import { definitionNeeds, preparations } from '@gangway/product/pipeline/preparation-tables.ts';
import { pipelineTables } from '@gangway/product/pipeline/tables.ts';
import type { ColumnType } from '@gangway/product/ports/db/db.ts';
import { backtestTables } from './backtests/tables.ts';
import { decisions } from './decisions/tables.ts';

/** Every declared table of the installation, without its row type. */
export const allTables: readonly {
  readonly name: string;
  readonly kind: 'source' | 'derived';
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly key: readonly string[];
}[] = [
  ...pipelineTables,
  definitionNeeds,
  preparations,
  ...workspaceTables,
  ...portalTables,
  ...importTables,
  ...identityTables,
  ...backtestTables,
  decisions,
];
