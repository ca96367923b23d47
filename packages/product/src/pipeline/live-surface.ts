import type { Definition, SliceDomain, Surface } from '../kernel/slice.ts';
import { featuresOf } from '../rules/features.ts';
import type { Rule } from '../rules/rule.ts';
import { type KeyedFeature, keyed } from './fact-index.ts';
import { type Holdout, holdoutOf } from './holdout.ts';
import { partsOf } from './rules-of-people.ts';
import { stateKey } from './subject-doc.ts';

/** Who may see a content. Contents that ask for the very same share one. */
export interface LiveAudience {
  /** Its place among the different audiences of the registry, from 0. */
  readonly place: number;
  /** Segments replaced by their own rules. */
  readonly rule: Rule;
  /** What the rule asks to be counted apart. */
  readonly features: readonly KeyedFeature[];
}

/** A live definition that is shown in the page, with all of its decision that is the same for everybody. */
export interface LiveSurface {
  readonly definition: Definition;
  readonly surface: Surface;
  readonly audience: LiveAudience;
  /** The name of its state in documents. */
  readonly stateKey: string;
  /** Absent = nobody is kept from it. */
  readonly holdout?: Holdout;
  /** Its entry of a manifest in JSON, up to the state. */
  readonly entryHead: string;
}

/** The contents of the page among these definitions, in their order. */
export function liveSurfaces(definitions: readonly Definition[], domains: readonly SliceDomain[], inline: (rule: Rule) => Rule) {
  const audiences = new Map<string, LiveAudience>();
  const share = (rule: Rule): LiveAudience => {
    const text = JSON.stringify(rule);
    const known = audiences.get(text) ?? { place: audiences.size, rule, features: keyed(featuresOf(rule)) };
    audiences.set(text, known);
    return known;
  };
  return definitions.flatMap((definition) =>
    partsOf<Surface>(domains, definition, (domain) => domain.surfaces).map((surface): LiveSurface => {
      const { slice, id, version, body } = definition;
      const holdout = holdoutOf(`${slice}/${id}`, surface.holdout?.(body) ?? 0);
      return {
        definition,
        surface,
        audience: share(inline(surface.audience(body))),
        stateKey: stateKey(slice, id),
        ...(holdout ? { holdout } : {}),
        entryHead: `{"id":${JSON.stringify(id)},"version":${JSON.stringify(version)},"state":`,
      };
    }),
  );
}
