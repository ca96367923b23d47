import type { PlanAnswer, PlanTaskAnswer } from '../plans/index.ts';
import type { PortalPlan, PortalTask } from './contract.ts';

/**
 * The plan as the customer may see it: internal tasks are gone and so are phases that hold
 * nothing else. Pure.
 */
export function toPortalPlan(
  plan: PlanAnswer,
  input: { workspace: string; guest: string; helper: PortalPlan['helper']; asOf: number },
): PortalPlan {
  const phases = plan.phases.flatMap((phase) => {
    const tasks = phase.tasks.filter((task) => !task.internal).map(toPortalTask);
    return tasks.length === 0
      ? []
      : [{ id: phase.id, title: phase.title, done: tasks.filter((task) => task.status === 'done').length, total: tasks.length, tasks }];
  });
  const tasks = phases.flatMap((phase) => phase.tasks);
  return {
    ...input,
    account: plan.account.name ?? plan.account.id,
    plan: plan.name,
    next: tasks.find((task) => task.owner === 'customer' && task.status !== 'done') ?? null,
    phases,
    done: tasks.filter((task) => task.status === 'done').length,
    total: tasks.length,
  };
}

function toPortalTask(task: PlanTaskAnswer): PortalTask {
  const { id, title, why, owner, due, minutes, url, status, doneAt, automatic, because } = task;
  return { id, title, why, owner, due, minutes, url, status, doneAt, automatic, because };
}
