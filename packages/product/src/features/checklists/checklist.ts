import type { Json } from '../../kernel/json.ts';
import type { Moment, Reactor, Standing, Step, Surface } from '../../kernel/slice.ts';
import type { Facts } from '../../rules/facts.ts';
import { milestoneAt } from '../../rules/milestone-at.ts';
import type { Rule } from '../../rules/rule.ts';

export interface ChecklistItem {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The milestone whose completion ticks the item: a fact, not a click. */
  readonly milestone: string;
  /** What the item's button does; absent = no button. */
  readonly action?:
    | { readonly type: 'navigate'; readonly url: string; readonly label: string }
    | { readonly type: 'start_tour'; readonly guide: string; readonly label: string };
}

export interface Checklist {
  readonly name: string;
  readonly audience: Rule;
  /** Per cent of the audience from whom it is kept back, for comparison; absent = nobody. */
  readonly holdout?: number;
  readonly title: string;
  readonly intro: string;
  readonly items: readonly ChecklistItem[];
}

export interface ChecklistState {
  /** Item id → when it was ticked, epoch milliseconds. */
  readonly ticked: Readonly<Record<string, number>>;
  readonly completedAt?: number;
  readonly dismissedAt?: number;
  readonly shownAt?: number;
}

/** The events that the checklist surface sends; each carries `checklistId` and `checklistVersion`. */
export const checklistEvents = {
  shown: 'Checklist Shown',
  opened: 'Checklist Item Opened',
  dismissed: 'Checklist Dismissed',
} as const;

const empty: ChecklistState = { ticked: {} };

/**
 * Ticks the items whose milestones the person has reached, also those reached before the checklist existed, and
 * notes what the surface reports.
 */
export function advanceChecklist(moment: Moment<Checklist, ChecklistState>): Step<ChecklistState> {
  const before = moment.state ?? empty;
  const noted = note(before, moment);
  const after = tick(noted, moment);
  if (after === before) return { state: moment.state, effects: [] };
  return { state: after, effects: [{ type: 'show' }] };
}

function note(state: ChecklistState, { definition, happening }: Moment<Checklist, ChecklistState>): ChecklistState {
  if (happening.kind !== 'event' || happening.event.properties?.checklistId !== definition.id) return state;
  const { time } = happening.event;
  if (happening.name === checklistEvents.shown && state.shownAt === undefined) return { ...state, shownAt: time };
  if (happening.name === checklistEvents.dismissed && state.dismissedAt === undefined) return { ...state, dismissedAt: time };
  return state;
}

function tick(state: ChecklistState, { definition, facts, now }: Moment<Checklist, ChecklistState>): ChecklistState {
  const open = definition.body.items.filter((item) => state.ticked[item.id] === undefined);
  const fresh = open.flatMap((item): [item: string, at: number][] => {
    const at = milestoneAt(facts, item.milestone);
    return at === undefined ? [] : [[item.id, at]];
  });
  const ticked = { ...state.ticked, ...Object.fromEntries(fresh) };
  // Also without a fresh tick: the last one may have come with a merge, or its item was taken out.
  const done = state.completedAt === undefined && definition.body.items.every((item) => ticked[item.id] !== undefined);
  if (done) return { ...state, ticked, completedAt: now };
  return fresh.length === 0 ? state : { ...state, ticked };
}

export const checklistReactor: Reactor<Checklist, ChecklistState> = {
  slice: 'checklists',
  subject: 'person',
  listens: ({ id, body }) => [`content:${id}`, ...body.items.map((item) => `milestone:${item.milestone}`)],
  advance: advanceChecklist,
  standing: standingOf,
  merge: (one, other) => {
    const ticked = { ...one.ticked };
    for (const [item, at] of Object.entries(other.ticked)) ticked[item] = Math.min(at, ticked[item] ?? at);
    return { ticked, ...earlier('completedAt', one, other), ...earlier('dismissedAt', one, other), ...earlier('shownAt', one, other) };
  },
  contentFact: ({ ticked, shownAt, completedAt, dismissedAt }) => ({
    ...(shownAt === undefined ? {} : { seen: shownAt }),
    ...(Object.keys(ticked).length === 0 ? {} : { started: Math.min(...Object.values(ticked)) }),
    ...(completedAt === undefined ? {} : { completed: completedAt }),
    ...(dismissedAt === undefined ? {} : { dismissed: dismissedAt }),
  }),
};

function standingOf(state: ChecklistState): Standing | undefined {
  if (state.completedAt !== undefined) return { status: 'completed', at: state.completedAt };
  if (state.dismissedAt !== undefined) return { status: 'dismissed', at: state.dismissedAt };
  const ticks = Object.values(state.ticked);
  if (ticks.length > 0) return { status: 'in_progress', at: Math.max(...ticks) };
  return state.shownAt === undefined ? undefined : { status: 'shown', at: state.shownAt };
}

type Instants = 'completedAt' | 'dismissedAt' | 'shownAt';

function earlier(key: Instants, one: ChecklistState, other: ChecklistState): Partial<Pick<ChecklistState, Instants>> {
  const instants = [one[key], other[key]].filter((at) => at !== undefined);
  return instants.length === 0 ? {} : { [key]: Math.min(...instants) };
}

/** What the checklist surface reads from the bundle. */
export type ChecklistContent = Omit<Checklist, 'audience' | 'holdout'>;
/** What the checklist surface reads from the manifest. */
export type ChecklistView = { readonly ticked: readonly string[]; readonly completed: boolean; readonly dismissed: boolean };

export const checklistSurface: Surface<Checklist, ChecklistState> = {
  slice: 'checklists',
  kind: 'checklist',
  audience: (body) => body.audience,
  content: ({ name, title, intro, items }) => ({ name, title, intro, items }) as unknown as Json,
  view: (state, facts, body) => viewOf(state, facts, body),
  blockedBy: (state) => (state?.dismissedAt === undefined ? undefined : 'This person has dismissed the checklist.'),
  holdout: ({ holdout = 0 }) => holdout,
  liveEvents: () => [],
};

/** Ticks also what was reached before this person's state was first touched, so that a first visit shows the truth. */
function viewOf(state: ChecklistState | undefined, facts: Facts, body: Checklist): Json {
  const ticked = body.items
    .filter((item) => state?.ticked[item.id] !== undefined || milestoneAt(facts, item.milestone) !== undefined)
    .map((item) => item.id);
  return { ticked, completed: ticked.length === body.items.length, dismissed: state?.dismissedAt !== undefined };
}
