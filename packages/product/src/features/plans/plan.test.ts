import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../kernel/slice.ts';
import type { Facts } from '../../rules/facts.ts';
import type { Playbook } from '../playbooks/index.ts';
import { addWorkingDays, advancePlan, type Plan, type PlanState, planCommands, planReactor, startPlan } from './plan.ts';

const task = { why: '', dueDay: 1, minutes: 5, internal: false, owner: 'customer' as const };
const playbook: Playbook = {
  name: 'Launch',
  description: '',
  phases: [
    {
      id: 'first',
      title: 'First',
      tasks: [
        { ...task, id: 'kickoff', title: 'Kickoff', completion: { type: 'manual' } },
        { ...task, id: 'board', title: 'Board', dueDay: 5, completion: { type: 'milestone', milestone: 'board', people: 1 } },
        { ...task, id: 'team', title: 'Team', completion: { type: 'milestone', milestone: 'board', people: 3 } },
      ],
    },
  ],
};
const owner = { name: 'Grace', email: 'grace@vendor.example' };
const plan: Plan = startPlan({ playbook, version: 2, playbookId: 'launch', account: 'acme', name: 'Acme', start: '2026-01-05', owner });

function advance(state: PlanState | undefined, happening: Happening, milestones: Record<string, number> = {}): PlanState | undefined {
  const definition = { slice: 'plans', id: 'plan_1', version: 1, body: plan };
  return advancePlan({ definition, state, happening, subject: { kind: 'account', id: 'acme' }, facts: { milestones }, now: 99 }).state;
}
const command = (name: string, id: string, planId = 'plan_1'): Happening => ({
  kind: 'command',
  slice: 'plans',
  name,
  actor: 'Grace',
  payload: { plan: planId, task: id },
});
const reachedBy = (person: string, milestone = 'board'): Happening => ({ kind: 'member_milestone', milestone, person, at: 50 });

describe('a plan', () => {
  it('is a copy of its playbook with days for dates', () => {
    expect(plan).toMatchObject({ account: 'acme', playbook: { id: 'launch', version: 2 }, start: '2026-01-05' });
    expect(plan.phases[0]?.tasks.map(({ id, due }) => [id, due])).toEqual([
      ['kickoff', '2026-01-06'],
      ['board', '2026-01-12'],
      ['team', '2026-01-06'],
    ]);
    expect(plan.phases[0]?.tasks[0]).not.toHaveProperty('dueDay');
  });

  it('closes and reopens by hand, and says by whom', () => {
    const done = advance(undefined, command(planCommands.complete, 'kickoff'));
    expect(done?.tasks.kickoff).toEqual({ doneAt: 99, by: { type: 'person', actor: 'Grace' } });
    expect(advance(done, command(planCommands.complete, 'kickoff'))).toBe(done);
    expect(advance(done, command(planCommands.reopen, 'kickoff'))?.tasks.kickoff?.doneAt).toBeUndefined();
    expect(advance(undefined, command(planCommands.complete, 'kickoff', 'other'))).toBeUndefined();
    expect(advance(undefined, command(planCommands.complete, 'nothing'))).toBeUndefined();
  });

  it('asks of a document for the milestone of a task alone', () => {
    const definition = { slice: 'plans', id: 'plan_1', version: 1, body: plan };
    const facts: Facts = {
      milestoneAt: (id) => (id === 'board' ? 10 : undefined),
      get milestones(): never {
        throw new Error('a record of all was made');
      },
    };
    const happening = { kind: 'milestone', milestone: 'board', at: 10 } as const;
    const moment = { definition, state: undefined, happening, subject: { kind: 'account', id: 'acme' }, facts, now: 99 } as const;
    expect(Object.keys(advancePlan(moment).state?.tasks ?? {})).toEqual(['board']);
  });

  it('closes by a fact with the first person, and by three with the third, each counted once', () => {
    const one = advance(undefined, reachedBy('p_1'));
    expect(one?.tasks.board).toMatchObject({ doneAt: 99, by: { type: 'milestone', milestone: 'board', people: ['p_1'] } });
    expect(one?.tasks.team).toEqual({ people: ['p_1'] });
    const again = advance(advance(one, reachedBy('p_1')), reachedBy('p_2'));
    expect(again?.tasks.team).toEqual({ people: ['p_1', 'p_2'] });
    expect(advance(again, reachedBy('p_3'))?.tasks.team).toMatchObject({ doneAt: 99, people: ['p_1', 'p_2', 'p_3'] });
    expect(advance(undefined, reachedBy('p_1', 'other'))).toBeUndefined();
  });

  it('closes what the account has reached before the plan began, if one person is enough', () => {
    const begun = advance(undefined, { kind: 'reconsidered' }, { board: 10 });
    expect([begun?.tasks.board?.doneAt, begun?.tasks.team]).toEqual([99, undefined]);
  });

  it('leaves a task open that was reopened, whatever else happens', () => {
    const reopened = advance(advance(undefined, reachedBy('p_1')), command(planCommands.reopen, 'board'));
    expect(reopened?.tasks.board).toEqual({ people: ['p_1'] });
    const later = [command(planCommands.complete, 'kickoff'), { kind: 'milestone', milestone: 'other', at: 60 } as const, reachedBy('p_1')];
    const after = later.reduce((state, each) => advance(state, each, { board: 50 }), reopened);
    expect(after?.tasks.board?.doneAt).toBeUndefined();
  });

  it('is complete with its last task, and not any more when one is reopened', () => {
    const all = [command(planCommands.complete, 'kickoff'), reachedBy('p_1'), reachedBy('p_2'), reachedBy('p_3')];
    const done = all.reduce<PlanState | undefined>((state, each) => advance(state, each), undefined);
    expect([done?.completedAt, done && planReactor.standing(done)]).toEqual([99, { status: 'completed', at: 99 }]);
    expect(advance(done, command(planCommands.reopen, 'kickoff'))?.completedAt).toBeUndefined();
  });

  it('listens to commands and to the milestones of its tasks', () => {
    expect(planReactor.listens({ slice: 'plans', id: 'x', version: 1, body: plan })).toEqual([
      'command:plans',
      'milestone:board',
      'milestone:board',
    ]);
  });
});

describe('working days', () => {
  it('skip the weekend, also one on which the plan starts', () => {
    // 5 January 2026 is a Monday.
    expect(addWorkingDays('2026-01-05', 0)).toBe('2026-01-05');
    expect(addWorkingDays('2026-01-05', 4)).toBe('2026-01-09');
    expect(addWorkingDays('2026-01-05', 5)).toBe('2026-01-12');
    expect(addWorkingDays('2026-01-10', 0)).toBe('2026-01-12');
    expect(addWorkingDays('2026-01-11', 1)).toBe('2026-01-13');
    expect(addWorkingDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addWorkingDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  it('are never on a weekend, and one more day is always later', () => {
    const date = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
    fc.assert(
      fc.property(date, fc.nat(400), (start, days) => {
        const due = addWorkingDays(start, days);
        expect([1, 2, 3, 4, 5]).toContain(new Date(`${due}T00:00:00Z`).getUTCDay());
        expect(addWorkingDays(start, days + 1) > due).toBe(true);
        expect(due >= start).toBe(true);
      }),
    );
  });
});
