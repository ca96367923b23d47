import type { PortalPlan, PortalTask } from '../../contract.ts';

/** An open task of the customer, with what a test cares about. */
export function portalTask(members: Partial<PortalTask> = {}): PortalTask {
  return {
    id: 'goals',
    title: 'Agree on goals',
    why: 'So that both sides know when this has worked.',
    owner: 'customer',
    due: '2026-11-25',
    minutes: 30,
    url: null,
    status: 'open',
    doneAt: null,
    automatic: false,
    because: '',
    ...members,
  };
}

/** A plan of one phase with these tasks; the figures and the next step follow from them. */
export function portalPlan(tasks: readonly PortalTask[]): PortalPlan {
  const done = tasks.filter((task) => task.status === 'done').length;
  return {
    workspace: 'Corkboard',
    account: 'Acme & Sons',
    plan: 'Launch in 30 days',
    guest: 'grace@acme.example',
    helper: { name: 'Hedy Lamarr', email: 'hedy@corkboard.example' },
    next: tasks.find((task) => task.owner === 'customer' && task.status !== 'done') ?? null,
    phases: [{ id: 'start', title: 'Kick-off', done, total: tasks.length, tasks: [...tasks] }],
    done,
    total: tasks.length,
    asOf: Date.parse('2026-11-21T12:00:00Z'),
  };
}
