import type { Scope } from '../kernel/scope.ts';
import { describeWhy, type Names, type WhyLine } from '../rules/describe.ts';
import { evaluate } from '../rules/evaluate.ts';
import { isCounted } from './fact-index.ts';
import { isWithheld } from './holdout.ts';
import { liveNames } from './live-names.ts';
import type { LiveSurface } from './live-surface.ts';
import type { Registry } from './registry.ts';
import { emptyPersonDoc, factsOf, type PersonDoc } from './subject-doc.ts';

/** The answer to “why does this person (not) see it?”. */
export interface Explanation {
  readonly verdict: 'would_show' | 'depends_on_page' | 'blocked' | 'withheld' | 'not_in_audience' | 'not_published' | 'unknown';
  readonly headline: string;
  readonly conditions: readonly WhyLine[];
  /** When the answer could change by time alone; null = never. */
  readonly until: number | null;
  readonly version: number | null;
}

/**
 * Runs the very decision that the manifest is made by, and says what it found. Works for definitions that are
 * shown in the page and for milestones.
 */
export function explain(
  registry: Registry,
  input: {
    scope: Scope;
    slice: string;
    id: string;
    doc: PersonDoc | undefined;
    /** Person id; absent while nobody is known. */
    person?: string;
    now: number;
  },
): Explanation {
  const { slice, id, now } = input;
  const doc = input.doc ?? emptyPersonDoc;
  const names = liveNames(registry);
  const surface = registry.surfaces.find(({ definition }) => definition.slice === slice && definition.id === id);
  if (surface) return explainSurface(surface, doc, { now, names, person: input.person });
  const matcher = registry.matcher(slice, id);
  if (!matcher)
    return { verdict: 'not_published', headline: 'Nobody sees it: no version is published.', conditions: [], until: null, version: null };
  if (!isCounted(doc, matcher.features)) return uncounted(matcher.definition.version);
  const { answer, why, until } = evaluate(matcher.rule, factsOf(doc), now);
  const reached = doc.milestones.has(id);
  return {
    verdict: reached ? 'would_show' : answer === 'unknown' ? 'unknown' : 'not_in_audience',
    headline: reached ? 'Reached.' : 'Not reached yet.',
    conditions: describeWhy(why, names),
    until: until ?? null,
    version: matcher.definition.version,
  };
}

function explainSurface(
  live: LiveSurface,
  doc: PersonDoc,
  { now, names, person }: { now: number; names: Names; person: string | undefined },
): Explanation {
  const { definition, surface, audience } = live;
  if (!isCounted(doc, audience.features)) return uncounted(definition.version);
  const { answer, why, until } = evaluate(audience.rule, factsOf(doc), now);
  const common = { conditions: describeWhy(why, names), until: until ?? null, version: definition.version };
  const blocked = surface.blockedBy(doc.states[live.stateKey]);
  if (blocked !== undefined) return { ...common, verdict: 'blocked', headline: `Not shown: ${lowerFirst(blocked)}` };
  if (answer !== 'no' && isWithheld(live.holdout, person))
    return { ...common, verdict: 'withheld', headline: 'Not shown: this person is in the holdout, from whom it is kept back.' };
  if (answer === 'yes')
    return { ...common, verdict: 'would_show', headline: 'Shown: this person is in the audience and nothing blocks it.' };
  if (answer === 'no') return { ...common, verdict: 'not_in_audience', headline: 'Not shown: this person is not in the audience.' };
  const onPage = common.conditions.some((line) => line.answer === 'unknown' && line.text.startsWith('is on a page'));
  if (onPage) return { ...common, verdict: 'depends_on_page', headline: 'Shown on the pages named below, and nowhere else.' };
  return {
    ...common,
    verdict: 'unknown',
    headline: 'Not shown: a condition compares values of different kinds, so it is neither true nor false.',
  };
}

function uncounted(version: number): Explanation {
  return {
    verdict: 'unknown',
    headline: 'Not decided: what this person did before is still being counted for this rule.',
    conditions: [],
    until: null,
    version,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
