import type { PlanAnswer, PlanSummary, PlanTaskAnswer } from '../contract.ts';
import type { Plan, PlanState, PlanTask, TaskState } from '../plan.ts';

/** Everything that a plan's screens are drawn from. */
export interface PlanRecord {
  readonly id: string;
  readonly plan: Plan;
  readonly state: PlanState;
  readonly accountName: string | null;
  readonly playbookName: string;
  /** Today in the workspace's zone, `YYYY-MM-DD`. */
  readonly today: string;
  milestoneName(id: string): string;
  /** Persons by id, as far as they are known. */
  personLabel(id: string): { readonly id: string; readonly label: string };
}

/** The plan as the vendor sees it. */
export function toPlanAnswer(record: PlanRecord): PlanAnswer {
  const phases = record.plan.phases.map((phase) => {
    const tasks = phase.tasks.map((task) => toTask(record, task));
    return { id: phase.id, title: phase.title, done: tasks.filter((task) => task.status === 'done').length, total: tasks.length, tasks };
  });
  const { id, version } = record.plan.playbook;
  return { ...toSummary(record), phases, playbook: { id, version, name: record.playbookName } };
}

export function toSummary(record: PlanRecord): PlanSummary {
  const tasks = record.plan.phases.flatMap((phase) => phase.tasks.map((task) => toTask(record, task)));
  const open = tasks.filter((task) => task.status !== 'done');
  return {
    id: record.id,
    name: record.plan.name,
    account: { id: record.plan.account, name: record.accountName },
    start: record.plan.start,
    done: tasks.length - open.length,
    total: tasks.length,
    late: open.filter((task) => task.status === 'late').length,
    nextTask: [...open].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0]?.title ?? null,
    completedAt: record.state.completedAt ?? null,
  };
}

function toTask(record: PlanRecord, task: PlanTask): PlanTaskAnswer {
  const state = record.state.tasks[task.id] ?? {};
  const done = state.doneAt !== undefined;
  return {
    id: task.id,
    title: task.title,
    why: task.why,
    owner: task.owner,
    due: task.due,
    minutes: task.minutes,
    internal: task.internal,
    url: task.url ?? null,
    status: done ? 'done' : task.due < record.today ? 'late' : 'open',
    doneAt: state.doneAt ?? null,
    because: because(record, task, state),
    closedBy:
      state.by?.type === 'milestone'
        ? { milestone: record.milestoneName(state.by.milestone), people: state.by.people.map(record.personLabel) }
        : null,
    automatic: task.completion.type === 'milestone',
  };
}

function because(record: PlanRecord, task: PlanTask, state: TaskState): string {
  if (state.by?.type === 'person') return `Closed by ${state.by.actor}`;
  if (state.by?.type === 'milestone') {
    const people = state.by.people.map((id) => record.personLabel(id).label).join(', ');
    return `Closed by “${record.milestoneName(state.by.milestone)}”${people ? ` (${people})` : ''}`;
  }
  if (task.completion.type === 'manual')
    return task.owner === 'customer' ? 'Waits for the customer to mark it done' : 'Waits for us to mark it done';
  const { milestone, people } = task.completion;
  const who = people === 1 ? 'somebody reaches' : `${people} people reach`;
  const soFar = state.people?.length ?? 0;
  return `Closes by itself when ${who} “${record.milestoneName(milestone)}”${people > 1 ? ` (${soFar} so far)` : ''}`;
}
