import type { Moment, Reactor, Step } from '../../kernel/slice.ts';
import { milestoneAt } from '../../rules/milestone-at.ts';
import type { Completion, Playbook } from '../playbooks/index.ts';

export interface PlanTask {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly owner: 'customer' | 'vendor';
  /** The day it is due, `YYYY-MM-DD` in the workspace's zone. */
  readonly due: string;
  readonly minutes: number;
  readonly internal: boolean;
  readonly completion: Completion;
  readonly url?: string;
}

export interface PlanPhase {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly PlanTask[];
}

/** One account's running copy of a playbook, as people edit it. */
export interface Plan {
  readonly account: string;
  readonly name: string;
  readonly playbook: { readonly id: string; readonly version: number };
  /** `YYYY-MM-DD`. */
  readonly start: string;
  readonly owner: { readonly name: string; readonly email: string };
  readonly phases: readonly PlanPhase[];
}

/** Who or what closed a task. */
export type ClosedBy =
  | { readonly type: 'milestone'; readonly milestone: string; readonly people: readonly string[] }
  | { readonly type: 'person'; readonly actor: string };

export interface TaskState {
  readonly doneAt?: number;
  readonly by?: ClosedBy;
  /** People of the account who have reached the task's milestone so far. */
  readonly people?: readonly string[];
}

export interface PlanState {
  readonly tasks: Readonly<Record<string, TaskState>>;
  readonly completedAt?: number;
}

/** The commands that people give to a plan: `payload.plan`, `payload.task`. */
export const planCommands = { complete: 'complete_task', reopen: 'reopen_task' } as const;

/** Closes the tasks whose facts hold and those that people close; reopens what people reopen. */
export function advancePlan(moment: Moment<Plan, PlanState>): Step<PlanState> {
  const before = moment.state ?? { tasks: {} };
  const tasks = moment.definition.body.phases.flatMap((phase) => phase.tasks);
  const changed = tasks.flatMap((task): [string, TaskState][] => {
    const current = before.tasks[task.id] ?? {};
    const next = advanceTask(task, current, moment);
    return next === current ? [] : [[task.id, next]];
  });
  if (changed.length === 0) return { state: moment.state, effects: [] };
  const states = { ...before.tasks, ...Object.fromEntries(changed) };
  const done = tasks.every((task) => states[task.id]?.doneAt !== undefined);
  const completed = done ? { completedAt: before.completedAt ?? moment.now } : {};
  return { state: { tasks: states, ...completed }, effects: [] };
}

/** One task, one happening. */
function advanceTask(task: PlanTask, state: TaskState, moment: Moment<Plan, PlanState>): TaskState {
  const { happening, definition, now } = moment;
  if (happening.kind === 'command' && happening.slice === 'plans') {
    if (happening.payload.plan !== definition.id || happening.payload.task !== task.id) return state;
    if (happening.name === planCommands.complete && state.doneAt === undefined) {
      return { ...state, doneAt: now, by: { type: 'person', actor: happening.actor } };
    }
    if (happening.name === planCommands.reopen && state.doneAt !== undefined) return { people: state.people ?? [] };
    return state;
  }
  return task.completion.type === 'milestone' ? closeByFact(task.completion, state, moment) : state;
}

function closeByFact(completion: Extract<Completion, { type: 'milestone' }>, state: TaskState, moment: Moment<Plan, PlanState>): TaskState {
  const { happening, facts, now } = moment;
  const { milestone } = completion;
  // Only news of this very milestone: other news must not close again what a person has reopened.
  const news = happening.kind === 'reconsidered' || (happening.kind === 'milestone' && happening.milestone === milestone);
  // An account counts as having reached a milestone with its first person, so this shortcut is for tasks that ask for one.
  if (news && completion.people <= 1 && state.doneAt === undefined && milestoneAt(facts, milestone) !== undefined) {
    return { ...state, doneAt: now, by: { type: 'milestone', milestone, people: state.people ?? [] } };
  }
  if (happening.kind !== 'member_milestone' || happening.milestone !== milestone) return state;
  const people = state.people ?? [];
  if (people.includes(happening.person)) return state;
  const counted = { ...state, people: [...people, happening.person] };
  if (state.doneAt !== undefined || counted.people.length < completion.people) return counted;
  return { ...counted, doneAt: now, by: { type: 'milestone', milestone, people: counted.people } };
}

export const planReactor: Reactor<Plan, PlanState> = {
  slice: 'plans',
  subject: 'account',
  listens: ({ body }) => ['command:plans', ...factsOf(body).map((milestone) => `milestone:${milestone}`)],
  advance: advancePlan,
  standing: (state) => {
    if (state.completedAt !== undefined) return { status: 'completed', at: state.completedAt };
    const done = Object.values(state.tasks).flatMap((task) => (task.doneAt === undefined ? [] : [task.doneAt]));
    return done.length === 0 ? undefined : { status: 'in_progress', at: Math.max(...done) };
  },
  // Accounts never merge, so neither do their plans.
  merge: (one) => one,
  memberMilestones: factsOf,
};

function factsOf(body: Plan): readonly string[] {
  const tasks = body.phases.flatMap((phase) => phase.tasks);
  return tasks.flatMap((task) => (task.completion.type === 'milestone' ? [task.completion.milestone] : []));
}

/** A running copy: due days count working days (Monday to Friday) from the start. */
export function startPlan(input: {
  playbook: Playbook;
  version: number;
  playbookId: string;
  account: string;
  name: string;
  start: string;
  owner: Plan['owner'];
}): Plan {
  const phases = input.playbook.phases.map((phase) => ({
    id: phase.id,
    title: phase.title,
    tasks: phase.tasks.map(({ dueDay, ...task }) => ({ ...task, due: addWorkingDays(input.start, dueDay) })),
  }));
  return {
    account: input.account,
    name: input.name,
    playbook: { id: input.playbookId, version: input.version },
    start: input.start,
    owner: input.owner,
    phases,
  };
}

const dayMs = 86_400_000;

/** `date` plus `days` working days; civil dates, so no clock change can shift them. A start on a weekend counts from Monday. */
export function addWorkingDays(date: string, days: number): string {
  let day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  const weekend = (value: number) => (value + 3) % 7 >= 5;
  while (weekend(day)) day++;
  for (let left = days; left > 0; ) {
    day++;
    if (!weekend(day)) left--;
  }
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
