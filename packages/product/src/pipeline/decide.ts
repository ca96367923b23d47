import type { Bundle, BundleContent, Manifest, ManifestEntry, Theme } from '../kernel/manifest.ts';
import type { Scope } from '../kernel/scope.ts';
import { asksForPage } from '../rules/asks-for.ts';
import type { Facts } from '../rules/facts.ts';
import { reduceForPage } from '../rules/reduce.ts';
import { never, type Rule } from '../rules/rule.ts';
import { isCounted } from './fact-index.ts';
import { type DecisionVerdict, isWithheld } from './holdout.ts';
import type { LiveSurface, Registry } from './registry.ts';
import { emptyPersonDoc, factsOf, type PersonDoc, stateKey } from './subject-doc.ts';

/** What the manifest says besides the person. */
export interface ManifestFrame {
  readonly scope: Scope;
  readonly person: string;
  readonly bundle: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The person's id; absent while nobody is known. What has a holdout is then not decided, so not shown. */
  readonly subject?: string;
  /** Told of every decision, also of the one not to show, in the order of the registry's surfaces. */
  readonly decided?: (decision: DecisionVerdict) => void;
}

/**
 * What one person may see: for every live content, the rule with all that the server knows already decided. A
 * plain no is left out, so its existence is not told either. A person never seen has empty facts.
 */
export function decideManifest(registry: Registry, doc: PersonDoc | undefined, frame: ManifestFrame): Manifest {
  const known = doc ?? emptyPersonDoc;
  const facts = factsOf(known);
  const entries = registry.surfaces.flatMap((live) => {
    const { verdict, entry } = decideOne(live, { doc: known, facts }, frame);
    frame.decided?.(verdict);
    return entry ?? [];
  });
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

interface Decided {
  readonly verdict: DecisionVerdict;
  readonly entry?: ManifestEntry;
}

function decideOne(live: LiveSurface, { doc, facts }: { doc: PersonDoc; facts: Facts }, frame: ManifestFrame): Decided {
  const { definition, surface, audience, features } = live;
  if (!isCounted(doc, features)) return { verdict: 'unknown' };
  const state = doc.states[stateKey(definition.slice, definition.id)];
  const { rule, until } = reduceForPage(audience, facts, frame.now);
  const blocked = surface.blockedBy(state) !== undefined;
  const no = rule.type === 'any' && rule.of.length === 0;
  if (no && until === undefined) return { verdict: blocked ? 'blocked' : 'not_in_audience' };
  // As if it did not exist, whatever else is true, so that who is compared with the others can never come by it.
  if (isWithheld(live, frame.subject)) return { verdict: blocked ? 'blocked' : no ? 'not_in_audience' : 'withheld' };
  const shared = { id: definition.id, version: definition.version, state: surface.view(state, facts, definition.body) };
  // Blocked by its state: it does not come by itself again, but may be asked for (a tour from a checklist).
  if (blocked) return { verdict: 'blocked', entry: { ...shared, show: never } };
  const entry = { ...shared, show: rule, ...(until === undefined ? {} : { until }) };
  return { verdict: no ? 'not_in_audience' : verdictOf(rule), entry };
}

function verdictOf(left: Rule): DecisionVerdict {
  if (left.type === 'all' && left.of.length === 0) return 'shown';
  return asksForPage(left) ? 'page' : 'unknown';
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
