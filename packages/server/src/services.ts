import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDoors } from '@gangway/product/features/identity/server/doors.ts';
import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import type { Space } from '@gangway/product/kernel/space.ts';
import { scopeColumns } from '@gangway/product/pipeline/registry.ts';
import { seenEntries } from '@gangway/product/pipeline/tables.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { Services } from '@gangway/product/ports/http/route.ts';
import type { Preset } from './presets/preset.ts';
import { seal, unseal } from './presets/seal.ts';
import { sha256 } from './sha256.ts';

const longestWait = 2_000;

/** What route handlers work with, over a preset. */
export function createServices(preset: Preset, input: { clock: Clock; origin: () => string; space?: () => Space }): Services {
  const { db, log, warehouse, courier, files, signal } = preset.ports;
  const keyedDigest = (text: string) => createHmac('sha256', preset.masterKey).update(text).digest('hex');
  const unsealed = (text: string, context: string) => unseal(preset.masterKey, text, context);
  const doors = createDoors({ db, clock: input.clock, keyedDigest, unseal: unsealed });
  return {
    db,
    log,
    sql: preset.sql,
    warehouse,
    courier,
    files,
    signal,
    clock: input.clock,
    space: input.space ?? (() => 'ample'),
    token: () => randomBytes(32).toString('base64url'),
    id: (prefix) => `${prefix}_${randomBytes(9).toString('hex')}`,
    digest: sha256,
    seal: (text, context) => seal(preset.masterKey, text, context),
    unseal: unsealed,
    keyedDigest,
    door: doors.door,
    forgetDoor: doors.forget,
    applied: (scope, ...entries) => waitUntilApplied(db, scope, entries),
    origin: input.origin,
  };
}

/** An entry is applied when its id is among those that are remembered against duplicates. */
async function waitUntilApplied(db: Db, scope: Scope, entries: readonly string[]): Promise<void> {
  const end = Date.now() + longestWait;
  let missing = entries;
  while (missing.length > 0 && Date.now() < end) {
    const keys = missing.map((id) => ({ id, ...scopeColumns(scope) }));
    const rows = await db.transaction({ as: 'request', scope }, (tx) => tx.get(seenEntries, keys));
    const applied = new Set(rows.map(({ id }) => id));
    missing = missing.filter((id) => !applied.has(id));
    if (missing.length > 0) await sleep(10);
  }
}
