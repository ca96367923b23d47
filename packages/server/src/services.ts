import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { seen } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import type { Preset } from './presets/preset.ts';
import { seal, unseal } from './presets/seal.ts';

const longestWait = 2_000;

/** What route handlers work with, over a preset. */
export function createServices(preset: Preset, input: { clock: Clock; origin: () => string }): Services {
  const { db, warehouse, courier, files, signal } = preset.ports;
  return {
    db,
    sql: preset.sql,
    warehouse,
    courier,
    files,
    signal,
    clock: input.clock,
    token: () => randomBytes(32).toString('base64url'),
    id: (prefix) => `${prefix}_${randomBytes(9).toString('hex')}`,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    seal: (text, context) => seal(preset.masterKey, text, context),
    unseal: (text, context) => unseal(preset.masterKey, text, context),
    applied: (scope, entry) => waitUntilApplied(db, scope, entry),
    origin: input.origin,
  };
}

/** An entry is applied when its id is among those that are remembered against duplicates. */
async function waitUntilApplied(db: Db, scope: Scope, entry: string): Promise<void> {
  const end = Date.now() + longestWait;
  while (Date.now() < end) {
    const rows = await db.transaction({ as: 'request', scope }, (tx) => tx.get(seen, [{ ...scopeColumns(scope), id: entry }]));
    if (rows.length > 0) return;
    await sleep(10);
  }
}
