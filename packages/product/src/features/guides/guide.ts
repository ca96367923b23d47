import type { Block } from '../../kernel/content.ts';
import type { Json } from '../../kernel/json.ts';
import type { Moment, Reactor, Step, Surface } from '../../kernel/slice.ts';
import type { Target } from '../../kernel/target.ts';
import type { Rule } from '../../rules/rule.ts';

/** What to do when a step's element does not appear in time. */
export const missingPolicies = ['skip', 'center', 'end', 'pause'] as const;
export type MissingPolicy = (typeof missingPolicies)[number];

export const placements = ['bottom', 'top', 'start', 'end'] as const;

export interface TourStep {
  readonly id: string;
  readonly title: string;
  readonly body: readonly Block[];
  /** Absent = a card in the middle of the page. */
  readonly target?: Target;
  readonly placement: (typeof placements)[number];
  /** The step goes on when its target is clicked, besides by its button. */
  readonly advanceOnClick: boolean;
  readonly nextLabel?: string;
  /** The step is valid on these paths only (glob); elsewhere it waits. */
  readonly path?: string;
  readonly missing: MissingPolicy;
  /** Milliseconds to wait for the target. */
  readonly timeout: number;
}

/** A guide of the kind tour, as its author made it. */
export interface Tour {
  readonly name: string;
  readonly audience: Rule;
  /** `auto` starts by itself when the audience and the page match; `manual` when a checklist item or the page's code says so. */
  readonly start: 'auto' | 'manual';
  /** Per cent of the audience from whom it is kept back, for comparison; absent = nobody. */
  readonly holdout?: number;
  readonly steps: readonly TourStep[];
}

export interface GuideState {
  readonly status: 'shown' | 'completed' | 'dismissed';
  /** Id of the last step that was seen. */
  readonly step?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
}

/** The events that the tour surface sends; each carries `guideId`, `guideVersion` and, where it applies, `stepId`. */
export const guideEvents = {
  shown: 'Guide Shown',
  step: 'Guide Step Viewed',
  completed: 'Guide Completed',
  dismissed: 'Guide Dismissed',
  missing: 'Guide Target Missing',
} as const;

/** Moves forward only: what was completed stays completed, whatever arrives late. */
export function advanceGuide(moment: Moment<Tour, GuideState>): Step<GuideState> {
  const { definition, state, happening } = moment;
  const unchanged = { state, effects: [] };
  if (happening.kind !== 'event' || happening.event.properties?.guideId !== definition.id) return unchanged;
  const { event, name } = happening;
  const stepId = event.properties?.stepId;
  const step = typeof stepId === 'string' ? { step: stepId } : {};
  const startedAt = state?.startedAt ?? event.time;
  if (name === guideEvents.completed) {
    if (state?.status === 'completed') return unchanged;
    return moved({ ...state, status: 'completed', startedAt, endedAt: event.time });
  }
  if (state?.status === 'completed') return unchanged;
  if (name === guideEvents.dismissed) return moved({ ...state, ...step, status: 'dismissed', startedAt, endedAt: event.time });
  if (name === guideEvents.shown || name === guideEvents.step) {
    // A dismissed guide comes back only when it is started again, later.
    if (state?.status === 'dismissed' && (name === guideEvents.step || event.time < (state.endedAt ?? 0))) return unchanged;
    return moved({ status: 'shown', startedAt, ...(state?.step === undefined ? {} : { step: state.step }), ...step });
  }
  return unchanged;
}

function moved(state: GuideState): Step<GuideState> {
  return { state, effects: [{ type: 'show' }] };
}

const rank = { shown: 0, dismissed: 1, completed: 2 } as const;

export const guideReactor: Reactor<Tour, GuideState> = {
  slice: 'guides',
  subject: 'person',
  listens: ({ id }) => [`content:${id}`],
  advance: advanceGuide,
  standing: ({ status, startedAt, endedAt }) => ({ status, at: endedAt ?? startedAt }),
  merge: (one, other) => {
    const [further, lesser] = rank[other.status] > rank[one.status] ? [other, one] : [one, other];
    const ends = (lesser.status === further.status ? [further, lesser] : [further]).flatMap((state) => state.endedAt ?? []);
    const startedAt = Math.min(further.startedAt, lesser.startedAt);
    return { ...further, startedAt, ...(ends.length === 0 ? {} : { endedAt: Math.min(...ends) }) };
  },
  contentFact: ({ status, step, startedAt, endedAt }) => ({
    seen: startedAt,
    ...(step === undefined ? {} : { started: startedAt }),
    ...(status === 'shown' || endedAt === undefined ? {} : { [status]: endedAt }),
  }),
};

/** What the tour surface reads from the bundle. */
export type TourContent = Omit<Tour, 'audience' | 'holdout'>;
/** What the tour surface reads from the manifest. */
export type TourView = { readonly status?: GuideState['status']; readonly step?: string };

export const tourSurface: Surface<Tour, GuideState> = {
  slice: 'guides',
  kind: 'tour',
  audience: (body) => body.audience,
  content: ({ name, start, steps }) => ({ name, start, steps }) as unknown as Json,
  view: (state) => (state ? { status: state.status, ...(state.step === undefined ? {} : { step: state.step }) } : {}),
  blockedBy: (state) => {
    if (state?.status === 'completed') return 'This person has already completed the tour.';
    if (state?.status === 'dismissed') return 'This person has dismissed the tour.';
    return undefined;
  },
  holdout: ({ holdout = 0 }) => holdout,
  liveEvents: () => [],
};
