import { describe, expect, it } from 'vitest';
import type { Happening, Moment } from '../../kernel/slice.ts';
import type { Facts } from '../../rules/facts.ts';
import { advanceChecklist, type Checklist, type ChecklistState, checklistEvents, checklistReactor, checklistSurface } from './checklist.ts';

const list: Checklist = {
  name: 'Start',
  audience: { type: 'all', of: [] },
  title: 'Start',
  intro: '',
  items: [
    { id: 'board', title: 'Board', description: '', milestone: 'first-board' },
    { id: 'invite', title: 'Invite', description: '', milestone: 'invited' },
  ],
};

function advance(state: ChecklistState | undefined, happening: Happening, milestones: Record<string, number> = {}) {
  const definition = { slice: 'checklists', id: 'start', version: 1, body: list };
  const moment: Moment<Checklist, ChecklistState> = {
    definition,
    state,
    happening,
    subject: { kind: 'person', id: 'p_1' },
    facts: { milestones },
    now: 99,
  };
  return advanceChecklist(moment);
}
const reported = (name: string, time: number, checklistId = 'start'): Happening => ({
  kind: 'event',
  name,
  event: { type: 'track', event: name, messageId: 'm', properties: { checklistId }, time, receivedAt: time, level: 'claimed' },
});
const reached: Happening = { kind: 'milestone', milestone: 'first-board', at: 10 };

describe('a checklist', () => {
  it('ticks what was reached, at the time it was reached, and is complete with its last item', () => {
    const one = advance(undefined, reached, { 'first-board': 10 });
    expect(one).toEqual({ state: { ticked: { board: 10 } }, effects: [{ type: 'show' }] });
    const both = advance(one.state, reached, { 'first-board': 10, invited: 20 });
    expect(both.state).toEqual({ ticked: { board: 10, invite: 20 }, completedAt: 99 });
  });

  it('ticks what was reached before it existed', () => {
    expect(advance(undefined, { kind: 'reconsidered' }, { invited: 5 }).state).toEqual({ ticked: { invite: 5 } });
  });

  it('asks of a document for its own milestones alone: to make a record of all takes the longer the more there are', () => {
    const facts: Facts = {
      milestoneAt: (id) => (id === 'first-board' ? 10 : undefined),
      get milestones(): never {
        throw new Error('a record of all was made');
      },
    };
    expect(checklistSurface.view(undefined, facts, list)).toMatchObject({ ticked: ['board'], completed: false });
    const definition = { slice: 'checklists', id: 'start', version: 1, body: list };
    const moment = { definition, state: undefined, happening: reached, subject: { kind: 'person', id: 'p_1' }, facts, now: 99 } as const;
    expect(advanceChecklist(moment).state).toEqual({ ticked: { board: 10 } });
  });

  it('takes no milestone for reached because every object has something of its name', () => {
    const named = { ...list, items: list.items.map((item) => ({ ...item, milestone: 'constructor' })) };
    expect(checklistSurface.view(undefined, { milestones: {} }, named)).toMatchObject({ ticked: [] });
    expect(checklistSurface.view(undefined, {}, named)).toMatchObject({ ticked: [] });
  });

  it('is complete also when the last item came from a merge, or was taken out of the list', () => {
    const merged: ChecklistState = { ticked: { board: 10, invite: 20 } };
    expect(advance(merged, { kind: 'reconsidered' }, { 'first-board': 10, invited: 20 }).state).toEqual({ ...merged, completedAt: 99 });
  });

  it('stays as it is when nothing is new', () => {
    const state: ChecklistState = { ticked: { board: 10 } };
    expect(advance(state, reached, { 'first-board': 10 })).toEqual({ state, effects: [] });
    expect(advance(undefined, { kind: 'reconsidered' })).toEqual({ state: undefined, effects: [] });
  });

  it('remembers the first showing and the first dismissal, of itself alone', () => {
    const shown = advance(undefined, reported(checklistEvents.shown, 30)).state;
    expect(shown).toEqual({ ticked: {}, shownAt: 30 });
    expect(advance(shown, reported(checklistEvents.shown, 40)).state).toBe(shown);
    expect(advance(shown, reported(checklistEvents.dismissed, 40, 'other')).state).toBe(shown);
    expect(advance(shown, reported(checklistEvents.dismissed, 40)).state).toEqual({ ticked: {}, shownAt: 30, dismissedAt: 40 });
  });

  it('stands at one word', () => {
    const standing = checklistReactor.standing;
    expect(standing({ ticked: {} })).toBeUndefined();
    expect(standing({ ticked: {}, shownAt: 5 })).toEqual({ status: 'shown', at: 5 });
    expect(standing({ ticked: { a: 3, b: 9 }, shownAt: 5 })).toEqual({ status: 'in_progress', at: 9 });
    expect(standing({ ticked: { a: 3 }, dismissedAt: 7 })).toEqual({ status: 'dismissed', at: 7 });
    expect(standing({ ticked: { a: 3 }, dismissedAt: 7, completedAt: 8 })).toEqual({ status: 'completed', at: 8 });
  });

  it('of two people who are one has every tick of both, each at its earlier time', () => {
    const one: ChecklistState = { ticked: { board: 10 }, shownAt: 5, dismissedAt: 50 };
    const other: ChecklistState = { ticked: { board: 8, invite: 20 }, shownAt: 7 };
    const merged = { ticked: { board: 8, invite: 20 }, shownAt: 5, dismissedAt: 50 };
    expect(checklistReactor.merge(one, other)).toEqual(merged);
    expect(checklistReactor.merge(other, one)).toEqual(merged);
  });

  it('shows the truth at the first visit, before its state was ever touched', () => {
    expect(checklistSurface.view(undefined, { milestones: { invited: 3 } }, list)).toEqual({
      ticked: ['invite'],
      completed: false,
      dismissed: false,
    });
    expect(checklistSurface.view({ ticked: { board: 1, invite: 2 } }, {}, list)).toEqual({
      ticked: ['board', 'invite'],
      completed: true,
      dismissed: false,
    });
  });
});
