import { z } from 'zod';

/**
 * What every author-made thing (guide, checklist, milestone, playbook, funnel) has in common on the wire.
 * `GET /definitions/:slice`, `GET|PUT /definitions/:slice/:id`, `POST …/publish`, `POST …/kill`,
 * `GET …/versions/:version`, `POST …/versions/:version/publish`.
 */
export const definitionRow = z.object({
  id: z.string(),
  name: z.string(),
  /** Highest published version; null = never published. */
  version: z.number().nullable(),
  live: z.boolean(),
  /** The draft differs from the published version. */
  changed: z.boolean(),
  updatedAt: z.number(),
  publishedAt: z.number().nullable(),
  /** People (or accounts) counted by state: `shown`, `completed`, `dismissed`, `reached`, … */
  numbers: z.record(z.string(), z.number()),
});
const preparing = z.object({ version: z.number(), looked: z.number(), total: z.number() });
export const definitionsAnswer = z.object({ definitions: z.array(definitionRow) });
/** `GET /names/:slice`: what a picker needs, so nothing is counted for it. */
export const definitionName = definitionRow.pick({ id: true, name: true, live: true });
export const definitionNamesAnswer = z.object({ definitions: z.array(definitionName) });
export const definitionAnswer = definitionRow.extend({
  draft: z.unknown(),
  published: z.unknown().nullable(),
  /** A version whose rules ask for what was not counted so far: people whose past was brought in, of how many; null = none. */
  preparing: preparing.nullable(),
  /** Revision of the draft; a save must name the one it was based on. */
  revision: z.number(),
  versions: z.array(z.object({ version: z.number(), publishedAt: z.number(), by: z.string() })),
});
/** `GET …/preparing`: the same member alone, for whoever watches it. */
export const preparingAnswer = definitionAnswer.pick({ preparing: true });
/** `PUT`: saves the draft. `revision` 0 creates. A stale revision answers 409 `conflict`. */
export const saveDraftRequest = z.strictObject({ body: z.unknown(), revision: z.number().int().min(0) });
/** `everyone`: also those who match already; `from_now`: only what happens from here on. */
export const publishRequest = z.strictObject({ revision: z.number().int().min(1), backfill: z.enum(['everyone', 'from_now']) });
/** `GET …/versions/:version`: one published version, as it was published. */
export const versionAnswer = z.object({ version: z.number(), publishedAt: z.number(), by: z.string(), body: z.unknown() });
/** `POST …/versions/:version/publish`: rolls back to it. `latest` is the newest version that the author has seen. */
export const rollBackRequest = z.strictObject({ latest: z.number().int().min(1), backfill: z.enum(['everyone', 'from_now']) });

export type VersionAnswer = z.infer<typeof versionAnswer>;
export type DefinitionName = z.infer<typeof definitionName>;
export type PreparingAnswer = z.infer<typeof preparingAnswer>;
export type DefinitionRow = z.infer<typeof definitionRow>;
export type DefinitionAnswer = z.infer<typeof definitionAnswer>;
