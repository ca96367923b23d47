import type { Definition, SliceDomain } from '../../kernel/slice.ts';
import type { Body } from '../entry-body.ts';
import { needsOf } from '../fact-index.ts';
import { buildRegistry, type Registry } from '../registry.ts';
import { rulesOfPeople } from '../rules-of-people.ts';
import { audiencesOf, type Candidates, type Trial } from './candidate.ts';
import { neededDefinitions } from './needed-definitions.ts';

/** Which definitions hold, as a run comes past the entries that say so. */
export interface PastDefinitions {
  registry(): Registry;
  /** All that may hold at some time of the run. */
  readonly all: readonly Definition[];
  /** Whether a publish or a stop is of something for everybody, be it needed here or not. */
  isForEverybody(body: Body<'definition'>): boolean;
  /** Takes note of a publish or a stop. False when it changes nothing here, so that nobody is looked at again for it. */
  note(body: Body<'definition'>): boolean;
}

function draftOf({ slice, id, draft }: Trial): Definition {
  return { slice, id, version: 0, body: draft };
}

/**
 * The definitions of the past beside the candidates, as far as these depend on them. What concerns one account
 * alone (a plan) is left out: no rule asks for it.
 */
export function createPastDefinitions(input: {
  versions: readonly Definition[];
  trial: Trial;
  candidates: Candidates;
  domains: readonly SliceDomain[];
  /** Runs what nothing of the trial depends on as well. */
  whole: boolean;
}): PastDefinitions {
  const { trial, candidates, domains } = input;
  const keyOf = ({ slice, id }: { slice: string; id: string }) => `${slice}/${id}`;
  const own = keyOf(trial);
  const others = input.versions.filter((version) => version.only === undefined && keyOf(version) !== own);
  const everybody = new Set([...others.map(keyOf), own]);
  const tried = [...candidates.definitions, draftOf(trial)];
  const versions = input.whole
    ? others
    : neededDefinitions({ definitions: candidates.definitions, asked: audiencesOf(candidates) }, others, domains);
  const first = new Map<string, Definition>();
  for (const version of versions) {
    const known = first.get(keyOf(version));
    if (!known || version.version < known.version) first.set(keyOf(version), version);
  }
  const live = new Map(first);
  // What any of them may ask for is counted from the first event on, so that nothing has to be brought in when a
  // version comes to hold. Segments are asked for by their own rules, which are among these.
  const needs = needsOf(rulesOfPeople([...versions, ...tried], domains));
  const build = () => buildRegistry([...live.values(), ...candidates.definitions], domains, [needs]);
  let registry = build();
  return {
    registry: () => registry,
    all: [...versions, ...candidates.definitions],
    isForEverybody: (body) => everybody.has(keyOf(body)),
    note(body) {
      const key = keyOf(body);
      const version = versions.find((each) => keyOf(each) === key && each.version === body.version);
      if (!version) return false;
      if (body.state === 'killed') live.delete(key);
      else if (version === live.get(key)) return false;
      else live.set(key, version);
      registry = build();
      return true;
    },
  };
}
