import type { Definition, SliceDomain } from '../../kernel/slice.ts';
import type { Body } from '../entry-body.ts';
import { needsOf } from '../fact-index.ts';
import { buildRegistry, type Registry } from '../registry.ts';
import { rulesOfPeople } from '../rules-of-people.ts';
import type { Candidates, Trial } from './candidate.ts';

/** Which definitions hold, as a run comes past the entries that say so. */
export interface PastDefinitions {
  registry(): Registry;
  /** Takes note of a publish or a stop. False when it changes nothing here, so that nobody is looked at again for it. */
  note(body: Body<'definition'>): boolean;
}

function draftOf({ slice, id, draft }: Trial): Definition {
  return { slice, id, version: 0, body: draft };
}

/**
 * The definitions of the past beside the candidates. What concerns one account alone (a plan) is left out: no
 * rule asks for it.
 */
export function createPastDefinitions(input: {
  versions: readonly Definition[];
  trial: Trial;
  candidates: Candidates;
  domains: readonly SliceDomain[];
}): PastDefinitions {
  const { trial, candidates, domains } = input;
  const keyOf = ({ slice, id }: { slice: string; id: string }) => `${slice}/${id}`;
  const own = keyOf(trial);
  const versions = input.versions.filter((version) => version.only === undefined && keyOf(version) !== own);
  const first = new Map<string, Definition>();
  for (const version of versions) {
    const known = first.get(keyOf(version));
    if (!known || version.version < known.version) first.set(keyOf(version), version);
  }
  const live = new Map(first);
  // What any of them may ask for is counted from the first event on, so that nothing has to be brought in when a
  // version comes to hold. Segments are asked for by their own rules, which are among these.
  const needs = needsOf(rulesOfPeople([...versions, ...candidates.definitions, draftOf(trial)], domains));
  const build = () => buildRegistry([...live.values(), ...candidates.definitions], domains, [needs]);
  let registry = build();
  return {
    registry: () => registry,
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
