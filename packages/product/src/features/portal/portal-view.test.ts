import { describe, expect, it } from 'vitest';
import type { PlanAnswer, PlanTaskAnswer } from '../plans/index.ts';
import { portalPlan } from './contract.ts';
import { toPortalPlan } from './portal-view.ts';

function task(id: string, more: Partial<PlanTaskAnswer> = {}): PlanTaskAnswer {
  const plain = { id, title: id, why: '', owner: 'customer', due: '2026-01-06', minutes: 5, internal: false, url: null } as const;
  return { ...plain, status: 'open', doneAt: null, because: '', closedBy: null, automatic: false, ...more };
}

function planOf(...phases: PlanTaskAnswer[][]): PlanAnswer {
  const summary = { id: 'plan_1', name: 'Acme launch', account: { id: 'acme', name: 'Acme' }, start: '2026-01-05' };
  const counts = { done: 7, total: 9, late: 1, nextTask: 'Internal', completedAt: null };
  const titled = phases.map((tasks, index) => ({ id: `${index}`, title: `Phase ${index}`, done: 5, total: 5, tasks }));
  return { ...summary, ...counts, phases: titled, playbook: { id: 'launch', version: 1, name: 'Secret playbook' } };
}
const view = (plan: PlanAnswer) =>
  toPortalPlan(plan, { workspace: 'Corkboard', guest: 'gina@acme.example', helper: { name: 'Grace', email: 'g@x.example' }, asOf: 5 });

describe('what a customer sees of their plan', () => {
  it('is without internal tasks, and without phases that hold nothing else', () => {
    const hidden = task('margin', { internal: true, title: 'Discuss the margin' });
    const found = view(planOf([hidden], [task('a'), hidden]));
    expect(found.phases.map(({ title, total }) => [title, total])).toEqual([['Phase 1', 1]]);
    expect(JSON.stringify(found)).not.toMatch(/margin|Secret|Internal/);
  });

  it('counts only what it shows', () => {
    const found = view(
      planOf([task('a', { status: 'done', doneAt: 3 }), task('b', { internal: true, status: 'done' })], [task('c', { status: 'late' })]),
    );
    expect([found.done, found.total]).toEqual([1, 2]);
    expect(found.phases.map(({ done, total }) => [done, total])).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it('names as next the first open task that is theirs', () => {
    expect(
      view(planOf([task('a', { status: 'done' }), task('b', { owner: 'vendor' })], [task('c', { status: 'late' }), task('d')])).next?.id,
    ).toBe('c');
    expect(view(planOf([task('a', { status: 'done' }), task('b', { owner: 'vendor' })])).next).toBeNull();
  });

  it('names the account by its id while it has no name, and keeps to its contract', () => {
    const nameless = {
      ...planOf([task('a', { closedBy: { milestone: 'x', people: [{ id: 'p_1', label: 'Ada' }] } })]),
      account: { id: 'acme', name: null },
    };
    expect(view(nameless).account).toBe('acme');
    expect(portalPlan.strict().safeParse(view(nameless)).success).toBe(true);
    expect(view(nameless).phases[0]?.tasks[0]).not.toHaveProperty('closedBy');
  });
});
