import { expect, test } from 'vitest';
import { identified, loadIdentity } from './identity.ts';
import { createStore } from './storage.ts';
import { fakeStorage } from './testing/fake-storage.ts';

test('the first user of a visitor keeps the anonymous id; another user gets a new one and no account', () => {
  const visitor = { anonymousId: 'a1', groupId: 'g1' };
  const ada = identified(visitor, 'ada');
  expect(ada).toEqual({ anonymousId: 'a1', groupId: 'g1', userId: 'ada' });
  expect(identified(ada, 'ada')).toBe(ada);
  const bob = identified(ada, 'bob');
  expect(bob).toEqual({ anonymousId: expect.not.stringMatching(/^a1$/), userId: 'bob' });
});

test('an identity is made once and found again; a broken one is replaced', () => {
  const store = createStore(() => fakeStorage(), 'p:');
  const made = loadIdentity(store);
  expect(loadIdentity(store)).toEqual(made);
  store.set('identity', '{"anonymousId":7');
  expect(loadIdentity(store).anonymousId).toMatch(/^[0-9a-f-]{36}$/);
});
