import type { Json } from '../kernel/json.ts';
import type { Bundle, BundleContent, Theme } from '../kernel/manifest.ts';
import type { Scope } from '../kernel/scope.ts';
import { asksForPage } from '../rules/asks-for.ts';
import type { Facts } from '../rules/facts.ts';
import { reduceForPage } from '../rules/reduce.ts';
import { never, type Rule } from '../rules/rule.ts';
import { isCounted } from './fact-index.ts';
import { type DecisionVerdict, isWithheld } from './holdout.ts';
import type { LiveAudience, LiveSurface } from './live-surface.ts';
import type { Registry } from './registry.ts';
import { emptyPersonDoc, factsOf, type PersonDoc } from './subject-doc.ts';

/** What the manifest says besides the person. */
export interface ManifestFrame {
  readonly scope: Scope;
  readonly person: string;
  readonly bundle: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The person's id; absent while nobody is known. What has a holdout is then not decided, so not shown. */
  readonly subject?: string;
}

/** A manifest, and every decision of it, also the one not to show. */
export interface DecidedManifest {
  /** A `Manifest` as JSON: it is signed and sent as it is. */
  readonly text: string;
  /** In the order of the registry's surfaces. */
  readonly verdicts: readonly DecisionVerdict[];
}

/**
 * What one person may see: for every live content, the rule with all that the server knows already decided. A
 * plain no is left out, so its existence is not told either. A person never seen has empty facts.
 *
 * Each different audience is asked once, and the text is put together from parts that are the same for everybody:
 * an environment may have hundreds of contents, and this runs for every page.
 */
export function decideManifest(registry: Registry, doc: PersonDoc = emptyPersonDoc, frame: ManifestFrame): DecidedManifest {
  const facts = factsOf(doc);
  const answers: Decision[] = [];
  const verdicts: DecisionVerdict[] = [];
  let entries = '';
  for (const live of registry.surfaces) {
    const { place } = live.audience;
    answers[place] ??= decideAudience(live.audience, { doc, facts, now: frame.now });
    const state = doc.states[live.stateKey];
    const { verdict, entryTail } = decideOne(live, answers[place], { state, subject: frame.subject });
    verdicts.push(verdict);
    if (entryTail === undefined) continue;
    const view = viewText(live.surface.view(state, facts, live.definition.body));
    entries += `${entries === '' ? '' : ','}${live.entryHead}${view}${entryTail}`;
  }
  const { scope, person, bundle, now } = frame;
  const head = JSON.stringify({ format: 1, environment: scope.environment, person, bundle, serverTime: now });
  return { text: `${head.slice(0, -1)},"entries":[${entries}],"liveEvents":${registry.liveEventsText}}`, verdicts };
}

/** Most people have no state with most contents, and what says nothing is quickly said. */
function viewText(view: Json): string {
  if (typeof view !== 'object' || view === null || Array.isArray(view)) return JSON.stringify(view);
  for (const _ in view) return JSON.stringify(view);
  return '{}';
}

interface Decision {
  readonly verdict: DecisionVerdict;
  /** The entry's JSON from behind the state; undefined = no entry. */
  readonly entryTail: string | undefined;
}

const uncounted: Decision = { verdict: 'unknown', entryTail: undefined };
const notInAudience: Decision = { verdict: 'not_in_audience', entryTail: undefined };
const blockedUnseen: Decision = { verdict: 'blocked', entryTail: undefined };
const withheld: Decision = { verdict: 'withheld', entryTail: undefined };

/** What the audience alone decides: the same for every content that has it. */
function decideAudience({ rule, features }: LiveAudience, { doc, facts, now }: { doc: PersonDoc; facts: Facts; now: number }): Decision {
  if (!isCounted(doc, features)) return uncounted;
  const { rule: left, until } = reduceForPage(rule, facts, now);
  const no = left.type === 'any' && left.of.length === 0;
  if (no && until === undefined) return notInAudience;
  return { verdict: no ? 'not_in_audience' : verdictOf(left), entryTail: tailOf(left, until) };
}

function verdictOf(left: Rule): DecisionVerdict {
  if (left.type === 'all' && left.of.length === 0) return 'shown';
  return asksForPage(left) ? 'page' : 'unknown';
}

function tailOf(show: Rule, until?: number): string {
  return `,"show":${JSON.stringify(show)}${until === undefined ? '' : `,"until":${JSON.stringify(until)}`}}`;
}

/** Blocked by its state: it does not come by itself again, but may be asked for (a tour from a checklist). */
const blockedSeen: Decision = { verdict: 'blocked', entryTail: tailOf(never) };

/** What the audience decides, unless the person's state or a holdout stands against it. */
function decideOne(live: LiveSurface, answer: Decision, person: { state: Json | undefined; subject: string | undefined }): Decision {
  if (answer === uncounted) return answer;
  const blocked = live.surface.blockedBy(person.state) !== undefined;
  if (answer === notInAudience) return blocked ? blockedUnseen : answer;
  // As if it did not exist, whatever else is true, so that who is compared with the others can never come by it.
  if (isWithheld(live.holdout, person.subject))
    return blocked ? blockedUnseen : answer.verdict === 'not_in_audience' ? notInAudience : withheld;
  return blocked ? blockedSeen : answer;
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
