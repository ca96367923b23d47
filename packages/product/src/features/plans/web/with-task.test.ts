import { describe, expect, it } from 'vitest';
import type { PlanAnswer, PlanTaskAnswer } from '../contract.ts';
import { dayAt, dayText } from './day-text.ts';
import { closedByHand, reopened, withTask } from './with-task.ts';

const task = (id: string, status: PlanTaskAnswer['status']): PlanTaskAnswer => ({
  id,
  title: id,
  why: '',
  owner: 'customer',
  due: '2026-11-10',
  minutes: 5,
  internal: false,
  url: null,
  status,
  doneAt: null,
  because: '',
  closedBy: null,
  automatic: false,
});
const plan: PlanAnswer = {
  id: 'p',
  name: 'P',
  account: { id: 'a', name: null },
  start: '2026-11-01',
  done: 0,
  total: 2,
  late: 1,
  nextTask: 'one',
  completedAt: null,
  playbook: { id: 'b', version: 1, name: 'B' },
  phases: [{ id: 'f', title: 'F', done: 0, total: 2, tasks: [task('one', 'late'), task('two', 'open')] }],
};

describe('a plan changed before the server answers', () => {
  it('counts a closed task everywhere it is counted', () => {
    const closed = withTask(plan, 'one', closedByHand('Grace', 7));
    expect(closed).toMatchObject({
      done: 1,
      late: 0,
      nextTask: 'two',
      phases: [{ done: 1, tasks: [{ status: 'done', because: 'Closed by Grace', doneAt: 7 }, {}] }],
    });
  });
  it('brings a late task back as late', () => {
    expect(reopened(task('one', 'done'), '2026-11-11').status).toBe('late');
    expect(reopened(task('one', 'done'), '2026-11-10').status).toBe('open');
  });
  it('leaves a plan without the task alone', () => {
    expect(withTask(plan, 'nine', {})).toBe(plan);
  });
});

describe('days', () => {
  it('says the year only when it is another', () => {
    expect(dayText('2026-12-03', 2026)).toBe('3 Dec');
    expect(dayText('2027-01-03', 2026)).toBe('3 Jan 2027');
  });
  it('is the day of the zone, not of the browser', () => {
    expect(dayAt(Date.parse('2026-11-21T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-22');
    expect(dayAt(Date.parse('2026-11-21T23:30:00Z'), 'America/New_York')).toBe('2026-11-21');
  });
});
