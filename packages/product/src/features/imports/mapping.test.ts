import { describe, expect, it } from 'vitest';
import { guessMapping, objectToEvent, rowToEvent } from './mapping.ts';

describe('the guess from a heading', () => {
  it('knows the usual names, takes each once, and keeps the rest as traits', () => {
    expect(guessMapping('people', ['ID', 'Email', 'Company ID', 'User ID'])).toEqual({
      ID: 'userId',
      Email: 'trait',
      'Company ID': 'groupId',
      'User ID': 'trait',
    });
    expect(guessMapping('accounts', ['id', 'user_id', 'plan'])).toEqual({ id: 'groupId', user_id: 'userId', plan: 'trait' });
    expect(guessMapping('events', ['user', 'Event Name', 'occurred_at', 'seats'])).toEqual({
      user: 'userId',
      'Event Name': 'event',
      occurred_at: 'timestamp',
      seats: 'trait',
    });
  });
});

describe('a row', () => {
  it('becomes an event: empty cells are absent, numbers and truth values typed, codes with a leading zero texts', () => {
    const row = { id: 'ada', seats: '12', trial: 'true', zip: '01067', city: '' };
    const mapping = { id: 'userId', seats: 'trait', trial: 'trait', zip: 'trait', city: 'trait' };
    expect(rowToEvent('people', row, mapping)).toEqual({
      type: 'identify',
      userId: 'ada',
      traits: { seats: 12, trial: true, zip: '01067' },
      context: { active: false },
    });
  });

  it('leaves out what has no target', () => {
    expect(rowToEvent('events', { u: 'ada', e: 'Signed Up', note: 'x' }, { u: 'userId', e: 'event', note: '' })).toEqual({
      type: 'track',
      userId: 'ada',
      event: 'Signed Up',
      properties: {},
    });
  });
});

describe('an object', () => {
  it('keeps its own type among events; people and accounts get theirs', () => {
    expect(objectToEvent('events', { type: 'page', userId: 'a', name: 'Home' })).toEqual({ type: 'page', userId: 'a', name: 'Home' });
    expect(objectToEvent('events', { userId: 'a', event: 'X' })).toMatchObject({ type: 'track' });
    expect(objectToEvent('accounts', { type: 'track', groupId: 'acme', userId: 'a' })).toMatchObject({ type: 'group' });
    expect(objectToEvent('people', 'hello')).toBe('hello');
  });
});
