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

export interface DueDay {
  readonly day: string;
  readonly tasks: readonly PortalTask[];
}

/** The tasks by the day they are due, with `today` among the days even when nothing is due. */
export function byDay(tasks: readonly PortalTask[], today: string): readonly DueDay[] {
  const days = [...new Set([...tasks.map((task) => task.due), today])].toSorted();
  return days.map((day) => ({ day, tasks: tasks.filter((task) => task.due === day) }));
}

/**
 * Where a guest goes to do a task; undefined when that cannot be opened from here. A playbook may hold a path of the
 * customer's own application, which means nothing at the portal's address.
 */
export function placeOf(task: PortalTask): string | undefined {
  return task.url !== null && /^https?:\/\//.test(task.url) ? task.url : undefined;
}

/** A reason as a sentence of its own: `closed by Ada` → `Closed by Ada.` */
export function sentence(reason: string): string {
  const text = reason.trim();
  if (text === '') return '';
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.?…]$/.test(text) ? '' : '.');
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
