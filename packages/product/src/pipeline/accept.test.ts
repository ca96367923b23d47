import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../kernel/json.ts';
import { type AcceptContext, acceptBatch, limits } from './accept.ts';

const context: AcceptContext = { receivedAt: Date.UTC(2026, 0, 5), key: 'public', requestId: 'r1' };
const track: JsonObject = { type: 'track', event: 'Card Moved', userId: 'ada', messageId: 'm1' };

function one(event: JsonObject, more: Partial<AcceptContext> = {}) {
  const { events, refused } = acceptBatch(event, { ...context, ...more });
  return { event: events[0], refusal: refused[0]?.refusal };
}

describe('an event that is accepted', () => {
  it('has one shape, whoever sent it', () => {
    expect(one(track).event).toEqual({
      type: 'track',
      messageId: 'm1',
      userId: 'ada',
      event: 'Card Moved',
      time: context.receivedAt,
      receivedAt: context.receivedAt,
      level: 'claimed',
    });
  });

  it('gets its level from the key and from what it claims', () => {
    expect(one(track).event?.level).toBe('claimed');
    expect(one({ ...track, userId: null, anonymousId: 'a1' }).event?.level).toBe('anonymous');
    expect(one(track, { key: 'secret' }).event?.level).toBe('server');
    expect(one({ ...track, level: 'server' }).event?.level).toBe('claimed');
  });

  it('has texts for ids, also when they came as numbers; an empty one is none', () => {
    expect(one({ ...track, userId: 17, groupId: 4 }).event).toMatchObject({ userId: '17', groupId: '4' });
    expect(one({ ...track, userId: '', anonymousId: 'a1' }).event).not.toHaveProperty('userId');
  });

  it('with an id that a bug wrote stays alone, and is kept', () => {
    const first = one({ ...track, userId: 'undefined' }).event;
    expect(first).toMatchObject({ anonymousId: 'lone-m1', level: 'anonymous' });
    expect(first).not.toHaveProperty('userId');
    expect(one({ ...track, userId: 'null', messageId: 'm2' }).event?.anonymousId).toBe('lone-m2');
    expect(one({ type: 'track', event: 'E', anonymousId: 'undefined', messageId: 'm3' }).event?.anonymousId).toBe('lone-m3');
    expect(one({ ...track, userId: 'u1', anonymousId: '[object Object]', messageId: 'm4' }).event).not.toHaveProperty('anonymousId');
    expect(one({ ...track, userId: '[object Object]', anonymousId: 'a1' }).event?.anonymousId).toBe('a1');
  });

  it('without a message id gets one that is the same for the same request', () => {
    const { messageId: _, ...nameless } = track;
    const { events } = acceptBatch({ batch: [nameless, nameless] }, context);
    expect(events.map(({ messageId }) => messageId)).toEqual(['r1-0', 'r1-1']);
  });

  it('takes the batch’s context and sending time where it has none of its own', () => {
    const batch = [{ ...track, context: { page: '/a' }, timestamp: '2026-01-04T00:00:00Z' }];
    const { events } = acceptBatch({ batch, context: { library: 'x', page: '/b' }, sentAt: '2026-01-04T00:01:00Z' }, context);
    expect(events[0]).toMatchObject({ context: { library: 'x', page: '/a' }, time: context.receivedAt - 60_000 });
  });

  it('takes nothing from its batch that no store can hold', () => {
    const shared = JSON.parse('{"page":"a\\u0000b","__proto__":{"admin":true}}') as JsonObject;
    const { events } = acceptBatch({ batch: [track, { ...track, context: { own: 1 } }], context: shared }, context);
    expect(events.map((event) => JSON.stringify(event.context))).toEqual(['{"page":"a\ufffdb"}', '{"page":"a\ufffdb","own":1}']);
  });

  it('belongs to the account that its context names', () => {
    expect(one({ ...track, context: { groupId: 'acme' } }).event?.groupId).toBe('acme');
    expect(one({ ...track, groupId: 'own', context: { groupId: 'acme' } }).event?.groupId).toBe('own');
  });

  it('may describe an account alone, when a back end sends it; a page may not, and nothing else may do without a person', () => {
    const group: JsonObject = { type: 'group', groupId: 'acme', traits: { plan: 'pro' }, messageId: 'm1' };
    const { event } = one(group, { key: 'secret' });
    expect(event).toMatchObject({ type: 'group', groupId: 'acme', level: 'server' });
    expect(event).not.toHaveProperty('userId');
    expect(event).not.toHaveProperty('anonymousId');
    expect(one(group).refusal?.reason).toBe('no_identity');
    expect(one({ ...group, groupId: '' }, { key: 'secret' }).refusal?.reason).toBe('no_group');
    expect(one({ ...group, type: 'track', event: 'E' }, { key: 'secret' }).refusal?.reason).toBe('no_identity');
    // An id that a bug wrote names somebody, badly: the event stays alone, as everywhere.
    expect(one({ ...group, userId: 'undefined' }, { key: 'secret' }).event?.anonymousId).toBe('lone-m1');
  });

  it('of the type page or screen is named by “name”', () => {
    expect(one({ type: 'page', userId: 'ada', name: 'Home' }).event?.event).toBe('Home');
    expect(one({ type: 'page', userId: 'ada' }).event).not.toHaveProperty('event');
  });
});

describe('an event that is refused', () => {
  it('says at which place of the batch', () => {
    const { verdicts, refused, events } = acceptBatch({ batch: [track, { ...track, traits: [] }, 'x'] }, context);
    expect(events).toHaveLength(1);
    expect(refused.map(({ refusal, id }) => [id, refusal.reason, refusal.path])).toEqual([
      ['r1-1', 'wrong_type', 'batch.1.traits'],
      ['r1-2', 'not_an_object', 'batch.2'],
    ]);
    expect(verdicts.map(({ index, messageId, refusal }) => [index, messageId, refusal !== undefined])).toEqual([
      [0, 'm1', false],
      [1, 'm1', true],
      [2, '', true],
    ]);
  });

  it('is too large by its bytes, not by its letters', () => {
    const sized = (text: string) => one({ ...track, properties: { text } }).refusal?.reason;
    expect(sized('x'.repeat(limits.eventBytes - 200))).toBeUndefined();
    expect(sized('x'.repeat(limits.eventBytes))).toBe('event_too_large');
    expect(sized('漢'.repeat(limits.eventBytes / 2))).toBe('event_too_large');
    expect(sized('👩'.repeat(limits.eventBytes / 8))).toBeUndefined();
  });

  it('is as large as it is with what its batch gives to all', () => {
    const reasons = (shared: JsonObject, text: string) =>
      acceptBatch({ batch: [track, { ...track, properties: { text } }], context: shared }, context).refused.map(({ id, refusal }) => [
        id,
        refusal.reason,
      ]);
    const half = 'x'.repeat(limits.eventBytes / 2);
    expect(reasons({}, half)).toEqual([]);
    expect(reasons({ half }, '')).toEqual([]);
    expect(reasons({ half }, half)).toEqual([['r1-1', 'event_too_large']]);
    expect(reasons({ text: half + half }, '')).toEqual([
      ['r1-0', 'event_too_large'],
      ['r1-1', 'event_too_large'],
    ]);
  });

  it('is nested too deeply when what its batch gives to all is', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(limits.depth)}1${'}'.repeat(limits.depth)}`) as JsonObject;
    expect(acceptBatch({ batch: [track], context: deep.a as JsonObject }, context).events).toHaveLength(1);
    expect(acceptBatch({ batch: [track], context: deep }, context).refused.map(({ refusal }) => refusal.reason)).toEqual(['too_deep']);
    expect(one({ ...track, context: deep }).refusal?.reason).toBe('too_deep');
    expect(one({ ...track, context: deep.a as JsonObject }).refusal).toBeUndefined();
  });

  it('has ids of at most 512 characters', () => {
    expect(one({ ...track, userId: 'x'.repeat(512) }).refusal).toBeUndefined();
    expect(one({ ...track, userId: 'x'.repeat(513) }).refusal).toMatchObject({ reason: 'id_too_long', path: 'userId' });
    expect(one({ ...track, userId: true }).refusal).toMatchObject({ reason: 'wrong_type', path: 'userId' });
  });
});

describe('whatever comes', () => {
  const member = fc.constantFrom(
    'type',
    'userId',
    'anonymousId',
    'groupId',
    'previousId',
    'event',
    'traits',
    'properties',
    'context',
    'messageId',
    'timestamp',
  );
  const value = fc.oneof(
    fc.constantFrom<Json>('track', 'identify', 'alias', 'group', 'a', '', null, 1, {}, []),
    fc.jsonValue() as fc.Arbitrary<Json>,
  );
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.dictionary(member, value, { noNullPrototype: true }) },
    { weight: 1, arbitrary: value },
  );

  it('every event has exactly one verdict, and is either accepted or kept', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (batch) => {
        const { events, refused, verdicts } = acceptBatch({ batch } as JsonObject, context);
        expect(verdicts.map(({ index }) => index)).toEqual(batch.map((_, index) => index));
        expect(events.length + refused.length).toBe(batch.length);
        for (const { userId, anonymousId, messageId, time } of events) {
          expect(userId ?? anonymousId).toBeTruthy();
          expect(messageId).toBeTruthy();
          expect(Number.isSafeInteger(time)).toBe(true);
        }
      }),
    );
  });

  it('an event’s verdict does not depend on its neighbours', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (batch) => {
        const together = acceptBatch({ batch } as JsonObject, context).verdicts.map(({ refusal }) => refusal?.reason);
        const alone = batch.map((each) => acceptBatch({ batch: [each] } as JsonObject, context).verdicts[0]?.refusal?.reason);
        expect(together).toEqual(alone);
      }),
    );
  });
});
