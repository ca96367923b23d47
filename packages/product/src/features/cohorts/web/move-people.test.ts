import { expect, test } from 'vitest';
import type { CohortPeopleRequest } from '../contract.ts';
import { movePeople } from './move-people.ts';

function fakeServer() {
  const calls: Partial<CohortPeopleRequest>[] = [];
  const post = async (path: string, body: Partial<CohortPeopleRequest>) => {
    expect(path).toBe('cohorts/beta%20guests/people');
    calls.push(body);
    return { added: (body.add?.length ?? 0) + (body.addPeople?.length ?? 0), removed: body.removePeople?.length ?? 0, unknown: [] };
  };
  return { calls, post };
}

test('people who were named in two ways go in one call, so that the server counts each once', async () => {
  const { calls, post } = fakeServer();
  const answer = await movePeople({ post, list: 'beta guests', people: { add: ['ada', 'bob'], addPeople: ['p_1'] } });
  expect(calls).toEqual([{ addPeople: ['p_1'], add: ['ada', 'bob'] }]);
  expect(answer).toEqual({ added: 3, removed: 0, unknown: [] });
});

test('many go some hundred at a time, each once, and the progress ends at all', async () => {
  const { calls, post } = fakeServer();
  const add = Array.from({ length: 1100 }, (_, index) => `user-${index}`);
  const shares: number[] = [];
  const people = { add, removePeople: ['p_1'] };
  const answer = await movePeople({ post, list: 'beta guests', people, onProgress: (share) => shares.push(share) });
  expect(calls.flatMap((call) => call.add ?? [])).toEqual(add);
  expect(calls.map((call) => (call.add?.length ?? 0) + (call.removePeople?.length ?? 0))).toEqual([500, 500, 101]);
  expect([answer.added, answer.removed, shares.at(-1), shares.length]).toEqual([1100, 1, 1, 3]);
});

test('nobody is no call', async () => {
  const { calls, post } = fakeServer();
  expect(await movePeople({ post, list: 'beta guests', people: {} })).toEqual({ added: 0, removed: 0, unknown: [] });
  expect(calls).toEqual([]);
});
