import type { Json } from '../../kernel/json.ts';
import type { Definition, SavedRule, SliceDomain } from '../../kernel/slice.ts';
import type { Subject } from '../../kernel/subject.ts';
import type { Rule } from '../../rules/rule.ts';
import { buildRegistry } from '../registry.ts';
import { partsOf } from '../rules-of-people.ts';
import type { SubjectDoc } from '../subject-doc.ts';

/** What is tried, and against what. */
export interface Trial {
  readonly slice: string;
  readonly id: string;
  readonly draft: Json;
  /** The version that holds now; absent = never published, or stopped. */
  readonly published?: Json;
}

/** The id under which a draft lives beside its published version: no author can choose it. */
const draftId = (id: string) => `${id}~draft`;

/**
 * One of the two that are compared. A milestone is reached by the path itself (stage 5 matches it like every
 * other) and read from the subject. What has an audience is asked whenever something has changed.
 */
export type Candidate =
  | { readonly kind: 'milestone'; readonly subject: Subject['kind']; readonly id: string }
  | {
      readonly kind: 'audience';
      readonly subject: 'person';
      readonly rule: Rule;
      /** Whether the subject's own state keeps it from being shown (it was completed, or dismissed). */
      blocked(doc: SubjectDoc): boolean;
    };

/** What a run is to look for; the candidates are asked in this order. */
export interface Candidates {
  readonly draft: Candidate;
  readonly published: Candidate | undefined;
  /** What is put into the registry for them, besides all that was live. */
  readonly definitions: readonly Definition[];
}

/** The rules of those that have an audience, as their authors wrote them. */
export function audiencesOf({ draft, published }: Candidates): Rule[] {
  return [draft, published].flatMap((candidate) => (candidate?.kind === 'audience' ? candidate.rule : []));
}

/**
 * Both candidates, ready to be looked for. Undefined for a body that concerns nobody by a rule (a playbook, a
 * funnel).
 */
export function prepareCandidates(trial: Trial, domains: readonly SliceDomain[]): Candidates | undefined {
  const { slice, id, draft, published } = trial;
  const own = (body: Json, as: string): Definition => ({ slice, id: as, version: 0, body });
  const of = (body: Json) => buildRegistry([own(body, id)], domains);
  if (of(draft).matcher(slice, id)) {
    const reached = (body: Json, as: string): Candidate => ({
      kind: 'milestone',
      subject: of(body).matcher(slice, id)?.subject ?? 'person',
      id: as,
    });
    return {
      draft: reached(draft, draftId(id)),
      published: published === undefined ? undefined : reached(published, id),
      definitions: [own(draft, draftId(id)), ...(published === undefined ? [] : [own(published, id)])],
    };
  }
  const one = audienceOf(own(draft, id), domains);
  if (!one) return undefined;
  const other = published === undefined ? undefined : audienceOf(own(published, id), domains);
  // Under its own id it goes on hearing what people did with it, so that who has finished is not asked again.
  return { draft: one, published: other, definitions: [own(published ?? draft, id)] };
}

function audienceOf(definition: Definition, domains: readonly SliceDomain[]): Candidate | undefined {
  const live = buildRegistry([definition], domains).surfaces[0];
  if (live) {
    const blocked = (doc: SubjectDoc) => live.surface.blockedBy(doc.states[live.stateKey]) !== undefined;
    return { kind: 'audience', subject: 'person', rule: live.surface.audience(definition.body), blocked };
  }
  const [saved] = partsOf<SavedRule>(domains, definition, ({ savedRules }) => savedRules);
  const rule = saved?.rule(definition.body);
  return rule === undefined ? undefined : { kind: 'audience', subject: 'person', rule, blocked: () => false };
}
