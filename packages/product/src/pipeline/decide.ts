import type { Bundle, BundleContent, Manifest, ManifestEntry, Theme } from '../kernel/manifest.ts';
import type { Scope } from '../kernel/scope.ts';
import { reduceForPage } from '../rules/reduce.ts';
import { never } from '../rules/rule.ts';
import { isCounted } from './fact-index.ts';
import type { LiveSurface, Registry } from './registry.ts';
import { emptyPersonDoc, factsOf, type PersonDoc, stateKey } from './subject-doc.ts';

/** What the manifest says besides the person. */
export interface ManifestFrame {
  readonly scope: Scope;
  readonly person: string;
  readonly bundle: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What one person may see: for every live content, the rule with all that the server knows already decided. A
 * plain no is left out, so its existence is not told either. A person never seen has empty facts.
 */
export function decideManifest(registry: Registry, doc: PersonDoc | undefined, frame: ManifestFrame): Manifest {
  const known = doc ?? emptyPersonDoc;
  const entries = registry.surfaces.flatMap((live) => decideOne(live, known, frame.now));
  const { environment } = frame.scope;
  return {
    format: 1,
    environment,
    person: frame.person,
    bundle: frame.bundle,
    serverTime: frame.now,
    entries,
    liveEvents: registry.liveEvents,
  };
}

function decideOne({ definition, surface, audience, features }: LiveSurface, doc: PersonDoc, now: number): ManifestEntry[] {
  if (!isCounted(doc, features)) return [];
  const state = doc.states[stateKey(definition.slice, definition.id)];
  const facts = factsOf(doc);
  const { rule, until } = reduceForPage(audience, facts, now);
  const no = rule.type === 'any' && rule.of.length === 0;
  if (no && until === undefined) return [];
  // Blocked by its state: it does not come by itself again, but may be asked for (a tour from a checklist).
  if (surface.blockedBy(state) !== undefined) {
    return [{ id: definition.id, version: definition.version, show: never, state: surface.view(state, facts, definition.body) }];
  }
  const entry = { id: definition.id, version: definition.version, show: rule, state: surface.view(state, facts, definition.body) };
  return [until === undefined ? entry : { ...entry, until }];
}

/** Everything published that the page can show; nothing of audiences, traits or segments is in it. */
export function buildBundle(registry: Registry, environment: string, theme: Theme): Bundle {
  const contents = registry.surfaces.map(
    ({ definition, surface }): BundleContent => ({
      id: definition.id,
      kind: surface.kind,
      version: definition.version,
      body: surface.content(definition.body),
    }),
  );
  return { format: 1, environment, theme, contents };
}
