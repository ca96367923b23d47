import type { PortalPlan, PortalTask } from '../contract.ts';

/** Every task of the plan, in its order. */
export function allTasks(plan: PortalPlan): readonly PortalTask[] {
  return plan.phases.flatMap((phase) => phase.tasks);
}

/** The open tasks of one side, soonest first. */
export function openTasksOf(plan: PortalPlan, owner: PortalTask['owner']): readonly PortalTask[] {
  return allTasks(plan)
    .filter((task) => task.owner === owner && task.status !== 'done')
    .toSorted((a, b) => a.due.localeCompare(b.due));
}

/** What became different between two answers, as one sentence for a screen reader; empty when nothing was done since. */
export function newsBetween(before: PortalPlan, after: PortalPlan): string {
  const doneBefore = new Set(allTasks(before).flatMap((task) => (task.status === 'done' ? [task.id] : [])));
  const fresh = allTasks(after).filter((task) => task.status === 'done' && !doneBefore.has(task.id));
  if (fresh.length === 0) return '';
  const titles = fresh.map((task) => `“${task.title}”`).join(', ');
  const next = after.next && after.next.id !== before.next?.id ? ` Your next step: ${after.next.title}.` : '';
  return `${titles} ${fresh.length === 1 ? 'is' : 'are'} done.${next}`;
}

/** The first letters of a name, two at most: `Grace Hopper` → `GH`. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
