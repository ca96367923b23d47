import type { PlanAnswer, PlanTaskAnswer } from '../contract.ts';

/** The plan with one task changed and every sum over it right again; the same plan when it has no such task. */
export function withTask(plan: PlanAnswer, id: string, change: Partial<PlanTaskAnswer>): PlanAnswer {
  if (!plan.phases.some((phase) => phase.tasks.some((task) => task.id === id))) return plan;
  const phases = plan.phases.map((phase) => {
    const tasks = phase.tasks.map((task) => (task.id === id ? { ...task, ...change } : task));
    return { ...phase, tasks, done: tasks.filter((task) => task.status === 'done').length };
  });
  const tasks = phases.flatMap((phase) => phase.tasks);
  return {
    ...plan,
    phases,
    done: tasks.filter((task) => task.status === 'done').length,
    late: tasks.filter((task) => task.status === 'late').length,
    nextTask: tasks.filter((task) => task.status !== 'done').toSorted((a, b) => a.due.localeCompare(b.due))[0]?.title ?? null,
  };
}

/** What a task looks like at once when somebody closes it by hand, until the server has answered. */
export function closedByHand(name: string, now: number): Partial<PlanTaskAnswer> {
  return { status: 'done', doneAt: now, because: `Closed by ${name}`, closedBy: null };
}

/** What a task looks like at once when it is reopened. `today` as `YYYY-MM-DD`. */
export function reopened(task: PlanTaskAnswer, today: string): Partial<PlanTaskAnswer> {
  return { status: task.due < today ? 'late' : 'open', doneAt: null, because: '', closedBy: null };
}
