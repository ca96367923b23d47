import { createDistributedPreset } from './distributed.ts';
import { createEmbeddedPreset } from './embedded.ts';
import type { PresetOptions, StoredPreset } from './preset.ts';

/** A PostgreSQL by `DATABASE_URL` makes the distributed preset; nothing makes the embedded one. Asked once, at start. */
export function choosePreset(options: PresetOptions): Promise<StoredPreset> {
  const { DATABASE_URL } = options.environment;
  return DATABASE_URL ? createDistributedPreset({ ...options, databaseUrl: DATABASE_URL }) : createEmbeddedPreset(options);
}
