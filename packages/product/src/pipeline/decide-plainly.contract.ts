import { fnv1a } from '../kernel/hash.ts';
import type { Manifest, ManifestEntry } from '../kernel/manifest.ts';
import { asksForPage } from '../rules/asks-for.ts';
import { featuresOf } from '../rules/features.ts';
import { reduceForPage } from '../rules/reduce.ts';
import { never, type Rule } from '../rules/rule.ts';
import type { ManifestFrame } from './decide.ts';
import { isCounted, keyed } from './fact-index.ts';
import type { DecisionVerdict } from './holdout.ts';
import type { LiveSurface } from './live-surface.ts';
import type { Registry } from './registry.ts';
import { factsOf, type PersonDoc } from './subject-doc.ts';

/** What `decideManifest` decides, said as plainly as can be: each content for itself, from its definition. The oracle of its tests. */
export function decidePlainly(
  registry: Registry,
  doc: PersonDoc,
  frame: ManifestFrame,
): { manifest: Manifest; verdicts: DecisionVerdict[] } {
  const decided = registry.surfaces.map((live) => decideOne(live, registry.inline, { doc, frame }));
  const manifest: Manifest = {
    format: 1,
    environment: frame.scope.environment,
    person: frame.person,
    bundle: frame.bundle,
    serverTime: frame.now,
    entries: decided.flatMap(({ entry }) => entry ?? []),
    liveEvents: registry.liveEvents,
  };
  return { manifest, verdicts: decided.map(({ verdict }) => verdict) };
}

interface Decided {
  readonly verdict: DecisionVerdict;
  readonly entry?: ManifestEntry;
}

function decideOne(
  { definition, surface }: Pick<LiveSurface, 'definition' | 'surface'>,
  inline: (rule: Rule) => Rule,
  { doc, frame }: { doc: PersonDoc; frame: ManifestFrame },
): Decided {
  const { slice, id, version, body } = definition;
  const audience = inline(surface.audience(body));
  if (!isCounted(doc, keyed(featuresOf(audience)))) return { verdict: 'unknown' };
  const facts = factsOf(doc);
  const state = doc.states[`${slice}/${id}`];
  const { rule, until } = reduceForPage(audience, facts, frame.now);
  const blocked = surface.blockedBy(state) !== undefined;
  const no = rule.type === 'any' && rule.of.length === 0;
  if (no && until === undefined) return { verdict: blocked ? 'blocked' : 'not_in_audience' };
  const kept = isKept(`${slice}/${id}`, surface.holdout?.(body) ?? 0, frame.subject);
  if (kept) return { verdict: blocked ? 'blocked' : no ? 'not_in_audience' : 'withheld' };
  const shared = { id, version, state: surface.view(state, facts, body) };
  if (blocked) return { verdict: 'blocked', entry: { ...shared, show: never } };
  const entry = { ...shared, show: rule, ...(until === undefined ? {} : { until }) };
  return { verdict: no ? 'not_in_audience' : verdictOf(rule), entry };
}

function isKept(content: string, holdout: number, person: string | undefined): boolean {
  if (holdout === 0) return false;
  return person === undefined || fnv1a(`${content}\n${person}`) % 10_000 < holdout * 100;
}

function verdictOf(left: Rule): DecisionVerdict {
  if (left.type === 'all' && left.of.length === 0) return 'shown';
  return asksForPage(left) ? 'page' : 'unknown';
}
