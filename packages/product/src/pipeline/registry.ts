import { type Scope, scopeKey } from '../kernel/scope.ts';
import type { Definition, Matcher, Reactor, SliceDomain } from '../kernel/slice.ts';
import { parseSubjectKey, type Subject } from '../kernel/subject.ts';
import type { Tx } from '../ports/db/db.ts';
import { dependencies } from '../rules/dependencies.ts';
import { featuresOf } from '../rules/features.ts';
import type { Rule } from '../rules/rule.ts';
import { factIndex, type KeyedFeature, keyed, type Needs } from './fact-index.ts';
import { LiveIndex } from './live-index.ts';
import { type LiveSurface, liveSurfaces } from './live-surface.ts';
import { definitionNeeds, type NeedsRow } from './preparation-tables.ts';
import { partsOf, rulesOfPeople } from './rules-of-people.ts';
import { draftInliner, inliner, usersOf } from './segment-rules.ts';
import { stateKey } from './subject-doc.ts';
import { type LiveRow, live, type VersionRow, versions } from './tables.ts';

/** A live definition whose rule puts subjects in. */
export interface LiveMatcher {
  readonly definition: Definition;
  /** Its name in documents, see `stateKey`. */
  readonly key: string;
  /** Segments replaced by their own rules. */
  readonly rule: Rule;
  readonly subject: Subject['kind'];
  /** What the rule asks to be counted apart. */
  readonly features: readonly KeyedFeature[];
}
export interface LiveReactor {
  readonly definition: Definition;
  readonly reactor: Reactor;
}

/** Everything that is live in one environment, indexed by what it looks at. Immutable. */
export interface Registry {
  readonly definitions: readonly Definition[];
  /** By dependency key of {@link dependencies}. */
  matchersFor(subject: Subject['kind'], keys: readonly string[]): readonly LiveMatcher[];
  matcher(slice: string, id: string): LiveMatcher | undefined;
  /** Every dependency key that some rule has: for a subject that is new, or that has become another. */
  readonly keys: readonly string[];
  /** Those that listen to a key, and concern this subject. */
  reactorsFor(subject: Subject, keys: readonly string[]): readonly LiveReactor[];
  reactor(slice: string, id: string): LiveReactor | undefined;
  readonly surfaces: readonly LiveSurface[];
  /** Whether some definition of this account wants to hear that one of its people reached a milestone. */
  caresAbout(account: string, milestone: string): boolean;
  /** The milestones of people that definitions of this account want to hear of. */
  milestonesFor(account: string): ReadonlySet<string>;
  /** Names of account traits that rules of people ask for: their people get copies. */
  readonly accountTraits: ReadonlySet<string>;
  /** The dependency keys of everything that rules of people ask of accounts and memberships. */
  readonly accountKeys: readonly string[];
  /** What is counted apart from events of a name, also for versions that are being prepared. */
  featuresFor(name: string): readonly KeyedFeature[];
  /** A feature that is counted, by its key. */
  feature(key: string): KeyedFeature | undefined;
  /** Whether a live rule asks for this feature, so that its past is counted already. */
  counts(key: string): boolean;
  /** Whether a live rule asks for this trait of accounts. */
  copies(trait: string): boolean;
  /** A rule with the segments that are published now in it. Throws `rule_too_large`. */
  inline(rule: Rule): Rule;
  /** The definitions whose rules use a segment, directly or through another one; none for what is no segment. */
  usersOf(published: Pick<Definition, 'slice' | 'id'>): readonly Definition[];
  /** Names of events that some live definition waits for. */
  readonly liveEvents: readonly string[];
  /** The same as JSON: every manifest has it. */
  readonly liveEventsText: string;
}

/** Reads what is live, and what is being prepared, and indexes it: three statements. */
export async function loadRegistry(tx: Tx, scope: Scope, domains: readonly SliceDomain[]): Promise<Registry> {
  const rows = await tx.list<LiveRow>(live, { where: scopeColumns(scope), orderBy: ['slice', 'definition'] });
  const bodies = await tx.get<VersionRow>(
    versions,
    rows.map((row) => ({ slice: row.slice, definition: row.definition, version: row.version, ...scopeColumns(scope) })),
  );
  const needs = await tx.list<NeedsRow>(definitionNeeds, { where: scopeColumns(scope), orderBy: ['slice', 'definition'] });
  const order = new Map(rows.map((row, index) => [`${row.slice}/${row.definition}`, index]));
  const position = (row: VersionRow) => order.get(`${row.slice}/${row.definition}`) ?? 0;
  return buildRegistry(
    bodies.sort((a, b) => position(a) - position(b)).map(toDefinition),
    domains,
    needs.map((row) => row.needs as unknown as Needs),
  );
}

/** The two tenant columns of a row. */
export function scopeColumns(scope: Scope): { workspace: string; environment: string } {
  return { workspace: scope.workspace, environment: scope.environment };
}

function toDefinition(row: VersionRow): Definition {
  const only = row.only === null ? {} : { only: parseSubjectKey(row.only) };
  return { slice: row.slice, id: row.definition, version: row.version, body: row.body, ...only };
}

/** Indexes definitions. Pure. @param needs of versions that are being prepared */
export function buildRegistry(definitions: readonly Definition[], domains: readonly SliceDomain[], needs: readonly Needs[] = []): Registry {
  const inline = inliner(definitions, domains);
  const matchers = definitions.flatMap((definition) => matchersOf(definition, domains, inline));
  const reactors = definitions.flatMap((definition) =>
    partsOf<Reactor>(domains, definition, (domain) => domain.reactors).map((reactor) => ({ definition, reactor })),
  );
  const surfaces = liveSurfaces(definitions, domains, inline);
  const matcherIndex = new LiveIndex<LiveMatcher>();
  for (const matcher of matchers) matcherIndex.add(matcher.subject, keysOf(matcher.rule), matcher);
  const reactorIndex = new ReactorIndex();
  for (const live of reactors) reactorIndex.add(live);
  const keys = [...new Set(matchers.flatMap(({ rule }) => keysOf(rule)))];
  const everyMatcher = { person: matcherIndex.find('person', keys), account: matcherIndex.find('account', keys) };
  const cares = careIndex(matchers, reactors);
  const shared = cares.get('') ?? new Set<string>();
  const liveEvents = eventNames([...matchers.map(({ rule }) => rule), ...surfaces.map(({ audience }) => audience.rule)], surfaces);
  return {
    ...factIndex(rulesOfPeople(definitions, domains).map(inline), needs),
    inline: draftInliner(definitions, domains),
    usersOf: (published) => usersOf(published, definitions, domains),
    definitions,
    surfaces,
    // Somebody new is asked everything.
    matchersFor: (subject, wanted) => (wanted === keys ? everyMatcher[subject] : matcherIndex.find(subject, wanted)),
    keys,
    matcher: (slice, id) => matchers.find(({ definition }) => definition.slice === slice && definition.id === id),
    reactorsFor: (subject, wanted) => reactorIndex.find(subject, wanted),
    reactor: (slice, id) => reactors.find(({ definition }) => definition.slice === slice && definition.id === id),
    caresAbout: (account, milestone) => shared.has(milestone) || (cares.get(account)?.has(milestone) ?? false),
    milestonesFor: (account) => new Set([...shared, ...(cares.get(account) ?? [])]),
    liveEvents,
    liveEventsText: JSON.stringify(liveEvents),
  };
}

/** A rule that looks at nothing (everyone) has one key that no event changes, so that new subjects find it. */
function keysOf(rule: Rule): readonly string[] {
  const keys = [...dependencies(rule)];
  return keys.length > 0 ? keys : [''];
}

function matchersOf(definition: Definition, domains: readonly SliceDomain[], inline: (rule: Rule) => Rule): LiveMatcher[] {
  return partsOf<Matcher>(domains, definition, (domain) => domain.matchers).map((matcher) => {
    const rule = inline(matcher.rule(definition.body));
    return {
      definition,
      key: stateKey(definition.slice, definition.id),
      rule,
      subject: matcher.subject(definition.body),
      features: keyed(featuresOf(rule)),
    };
  });
}

/** Those that concern every subject of their kind, and those of one subject alone: a plan is its account's. */
class ReactorIndex {
  readonly #shared = new LiveIndex<LiveReactor>();
  readonly #own = new Map<string, LiveIndex<LiveReactor>>();
  readonly #places = new Map<LiveReactor, number>();

  add(live: LiveReactor): void {
    const { definition, reactor } = live;
    this.#places.set(live, this.#places.size);
    this.#indexOf(definition.only).add(reactor.subject, reactor.listens(definition), live);
  }

  find(subject: Subject, keys: readonly string[]): readonly LiveReactor[] {
    const shared = this.#shared.find(subject.kind, keys);
    const own = this.#own.size === 0 ? undefined : this.#own.get(subject.id)?.find(subject.kind, keys);
    if (own === undefined || own.length === 0) return shared;
    // In the order in which they were added: what one of them changes, those behind it read.
    const placeOf = (live: LiveReactor) => this.#places.get(live) ?? 0;
    return [...shared, ...own].sort((one, other) => placeOf(one) - placeOf(other));
  }

  #indexOf(only: Subject | undefined): LiveIndex<LiveReactor> {
    if (only === undefined) return this.#shared;
    const index = this.#own.get(only.id) ?? new LiveIndex<LiveReactor>();
    this.#own.set(only.id, index);
    return index;
  }
}

/** Account id (or '' for every account) → milestones of people that matter to it. */
function careIndex(matchers: readonly LiveMatcher[], reactors: readonly LiveReactor[]): ReadonlyMap<string, Set<string>> {
  const cares = new Map<string, Set<string>>();
  const add = (account: string, milestone: string) => {
    const set = cares.get(account) ?? new Set();
    cares.set(account, set.add(milestone));
  };
  for (const { rule, subject } of matchers) {
    if (subject !== 'account') continue;
    for (const key of dependencies(rule)) if (key.startsWith('milestone:')) add('', key.slice('milestone:'.length));
  }
  for (const { definition, reactor } of reactors) {
    for (const milestone of reactor.memberMilestones?.(definition.body) ?? []) add(definition.only?.id ?? '', milestone);
  }
  return cares;
}

function eventNames(rules: readonly Rule[], surfaces: readonly LiveSurface[]): string[] {
  const fromRules = rules
    .flatMap((rule) => [...dependencies(rule)])
    .flatMap((key) => (key.startsWith('event:') ? [key.slice('event:'.length)] : []));
  const fromSurfaces = surfaces.flatMap(({ surface, definition }) => surface.liveEvents(definition.body));
  return [...new Set([...fromRules, ...fromSurfaces])].sort();
}

/** Keeps registries per environment until somebody says that one has changed. */
export interface Registries {
  get(tx: Tx, scope: Scope): Promise<Registry>;
  forget(scope: Scope): void;
}

export function createRegistries(domains: readonly SliceDomain[]): Registries {
  const cache = new Map<string, Registry>();
  let forgotten = 0;
  return {
    async get(tx, scope) {
      const known = cache.get(scopeKey(scope));
      if (known) return known;
      const before = forgotten;
      const registry = await loadRegistry(tx, scope, domains);
      // What was published meanwhile may not be in it yet: good enough for this question, not for those to come.
      if (before === forgotten) cache.set(scopeKey(scope), registry);
      return registry;
    },
    forget(scope) {
      forgotten++;
      cache.delete(scopeKey(scope));
    },
  };
}
