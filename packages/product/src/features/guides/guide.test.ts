import { describe, expect, it } from 'vitest';
import type { AcceptedEvent } from '../../kernel/event.ts';
import type { Moment } from '../../kernel/slice.ts';
import { advanceGuide, type GuideState, guideEvents, guideReactor, type Tour, tourSurface } from './guide.ts';

const tour: Tour = {
  name: 'Welcome',
  audience: { type: 'trait', name: 'salary', operator: 'exists' },
  start: 'auto',
  steps: [{ id: 'one', title: 'Look', body: [], placement: 'top', advanceOnClick: false, missing: 'skip', timeout: 0 }],
};

function event(name: string, time: number, stepId?: string, guideId = 'welcome'): AcceptedEvent {
  const properties = { guideId, ...(stepId === undefined ? {} : { stepId }) };
  return { type: 'track', event: name, messageId: 'm', userId: 'u', properties, time, receivedAt: time, level: 'claimed' };
}

function advance(state: GuideState | undefined, happened: AcceptedEvent) {
  const moment: Moment<Tour, GuideState> = {
    definition: { slice: 'guides', id: 'welcome', version: 1, body: tour },
    state,
    happening: { kind: 'event', event: happened, name: happened.event ?? '' },
    subject: { kind: 'person', id: 'p_1' },
    facts: {},
    now: 999,
  };
  return advanceGuide(moment);
}
const run = (...events: AcceptedEvent[]) => events.reduce<GuideState | undefined>((state, each) => advance(state, each).state, undefined);

describe('a guide', () => {
  it('goes from shown over its steps to completed', () => {
    expect(run(event(guideEvents.shown, 10), event(guideEvents.step, 20, 'one'))).toEqual({ status: 'shown', step: 'one', startedAt: 10 });
    const done = run(event(guideEvents.shown, 10), event(guideEvents.step, 20, 'one'), event(guideEvents.completed, 30));
    expect(done).toEqual({ status: 'completed', step: 'one', startedAt: 10, endedAt: 30 });
  });

  it('that was completed stays completed, whatever arrives late', () => {
    const done = run(event(guideEvents.shown, 10), event(guideEvents.completed, 30));
    for (const name of Object.values(guideEvents)) expect(advance(done, event(name, 40, 'one'))).toEqual({ state: done, effects: [] });
  });

  it('that was dismissed does not come back by an event from before, but can be started again', () => {
    const dismissed = run(event(guideEvents.shown, 10), event(guideEvents.dismissed, 30, 'one'));
    expect(advance(dismissed, event(guideEvents.step, 20, 'one')).state).toBe(dismissed);
    expect(advance(dismissed, event(guideEvents.shown, 20)).state).toBe(dismissed);
    expect(advance(dismissed, event(guideEvents.shown, 50)).state).toMatchObject({ status: 'shown', startedAt: 10 });
    expect(advance(dismissed, event(guideEvents.completed, 50)).state).toMatchObject({ status: 'completed', endedAt: 50 });
  });

  it('does not hear of other guides, nor of events that say nothing of it', () => {
    expect(advance(undefined, event(guideEvents.shown, 10, undefined, 'other'))).toEqual({ state: undefined, effects: [] });
    expect(advance(undefined, event(guideEvents.missing, 10))).toEqual({ state: undefined, effects: [] });
  });

  it('asks for a new manifest whenever it moves', () => {
    expect(advance(undefined, event(guideEvents.shown, 10)).effects).toEqual([{ type: 'show' }]);
  });
});

describe('two states of one person', () => {
  const shown: GuideState = { status: 'shown', step: 'one', startedAt: 5 };
  const dismissed: GuideState = { status: 'dismissed', startedAt: 10, endedAt: 20 };
  const completed: GuideState = { status: 'completed', startedAt: 15, endedAt: 40 };
  const merge = guideReactor.merge;

  it('become the one that is further, with the first start', () => {
    expect(merge(shown, completed)).toEqual({ ...completed, startedAt: 5 });
    expect(merge(completed, dismissed)).toEqual({ ...completed, startedAt: 10 });
    expect(merge(shown, dismissed)).toEqual({ ...dismissed, startedAt: 5 });
  });

  it('that have both ended alike end with the earlier', () => {
    expect(merge(completed, { ...completed, endedAt: 30 }).endedAt).toBe(30);
    expect(merge({ ...completed, endedAt: 30 }, completed).endedAt).toBe(30);
  });
});

describe('what leaves for the page', () => {
  it('is the content without the audience, and the state without its times', () => {
    expect(JSON.stringify(tourSurface.content(tour))).not.toContain('salary');
    expect(tourSurface.view({ status: 'shown', step: 'one', startedAt: 5 }, {}, tour)).toEqual({ status: 'shown', step: 'one' });
    expect(tourSurface.view(undefined, {}, tour)).toEqual({});
  });

  it('is nothing once it was completed or dismissed', () => {
    expect(tourSurface.blockedBy(undefined)).toBeUndefined();
    expect(tourSurface.blockedBy({ status: 'shown', startedAt: 1 })).toBeUndefined();
    expect(tourSurface.blockedBy({ status: 'completed', startedAt: 1 })).toMatch(/completed/);
    expect(tourSurface.blockedBy({ status: 'dismissed', startedAt: 1 })).toMatch(/dismissed/);
  });
});
