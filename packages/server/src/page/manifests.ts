import { createHash, type KeyObject } from 'node:crypto';
import { findEnvironment } from '@gangway/product/features/workspace/server/reader.ts';
import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Doors } from '@gangway/product/kernel/door.ts';
import type { SignedManifest } from '@gangway/product/kernel/manifest.ts';
import type { Scope } from '@gangway/product/kernel/scope.ts';
import { decideManifest } from '@gangway/product/pipeline/decide.ts';
import type { Db } from '@gangway/product/ports/db/db.ts';
import type { DecisionRecorder } from '../decisions/decision-recorder.ts';
import type { ContentStore } from './content-store.ts';
import { isPersonal, type PageAsked } from './page-asked.ts';
import { createPersonReader } from './person-reader.ts';
import { readSigningKey, signManifest } from './sign-manifest.ts';

/** A manifest, and whose it is: undefined while no event of theirs was applied. */
export interface MadeManifest {
  readonly signed: SignedManifest;
  readonly person: string | undefined;
}

/** Makes manifests: two data statements, for all pages that ask at once. Throws a Problem for a token that proves nothing where proof is required. */
export interface Manifests {
  make(scope: Scope, request: PageAsked): Promise<MadeManifest>;
}

export function createManifests(input: {
  db: Db;
  clock: Clock;
  content: ContentStore;
  door: Doors;
  unseal: (sealed: string, context: string) => string;
  /** Keeps what was decided; absent = nobody asks later. */
  decisions?: DecisionRecorder;
}): Manifests {
  const { db, clock, content, door, unseal } = input;
  const persons = createPersonReader(db);
  const keys = new Map<string, Promise<KeyObject>>();
  const keyOf = (environment: string) => {
    const known = keys.get(environment);
    if (known) return known;
    const loading = loadKey(db, environment, unseal);
    keys.set(environment, loading);
    // A store that was away for a moment must not be remembered as a key that cannot be had.
    loading.catch(() => keys.delete(environment));
    return loading;
  };
  return {
    async make(scope, request) {
      const { registry, hash } = await content.published(scope);
      const open = await door(scope);
      const found = await persons.find(scope, request);
      const row = found && isPersonal(found, request, { door: open, now: clock.now() }) ? found : undefined;
      const now = clock.now();
      const { text, verdicts } = decideManifest(registry, row?.doc, {
        ...{ scope, person: opaqueKey(scope, request), bundle: hash, now },
        ...(row ? { subject: row.id } : {}),
      });
      if (row) input.decisions?.note(scope, { registry, row, verdicts, now });
      return { signed: signManifest(text, await keyOf(scope.environment)), person: row?.id };
    },
  };
}

async function loadKey(db: Db, environment: string, unseal: (sealed: string, context: string) => string): Promise<KeyObject> {
  const row = await findEnvironment(db, environment);
  if (!row) throw new Error(`environment ${environment} is gone`);
  return readSigningKey(unseal(row.privateKey, `environment/${environment}/manifest`));
}

/** Tells the page that the person changed, without telling who it is. */
function opaqueKey(scope: Scope, request: PageAsked): string {
  const who = request.userId === undefined ? `anonymous:${request.anonymousId}` : `user:${request.userId}`;
  return createHash('sha256').update(`${scope.environment}\n${who}`).digest('hex').slice(0, 16);
}
