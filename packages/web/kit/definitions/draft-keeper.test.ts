import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, asProblem } from '../api/api-problem.ts';
import { DraftKeeper, type DraftPorts } from './draft-keeper.ts';

const problem = (status: number, issues: unknown[] = []) => new ApiProblem({ code: 'x', status, message: 'x', detail: { issues } });

function keeperOf(ports: Partial<DraftPorts<string>> = {}) {
  const kept: unknown[] = [];
  const send = vi.fn(async (_body: string, revision: number) => revision + 1);
  const keeper = new DraftKeeper<string>(
    { body: 'a', revision: 1, dirty: false },
    { send, complaints: () => [], keepLocally: (draft) => kept.push(draft), problemOf: asProblem, now: () => 5, ...ports },
  );
  return { keeper, send, kept };
}

describe('a draft that saves itself', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits for quiet and sends the last text once', async () => {
    const { keeper, send, kept } = keeperOf();
    keeper.change('ab');
    keeper.change('abc');
    await vi.advanceTimersByTimeAsync(1000);
    expect(send.mock.calls).toEqual([['abc', 1]]);
    expect(keeper.snapshot()).toMatchObject({ revision: 2, save: { kind: 'saved', at: 5 } });
    expect(kept.at(-1)).toBeUndefined();
  });

  it('sends again, on the new revision, what was typed while it was sending', async () => {
    let answer: (revision: number) => void = () => undefined;
    const send = vi.fn((_body: string, revision: number) => new Promise<number>((resolve) => (answer = () => resolve(revision + 1))));
    const { keeper } = keeperOf({ send });
    keeper.change('b');
    await vi.advanceTimersByTimeAsync(900);
    keeper.change('bc');
    answer(2);
    await vi.advanceTimersByTimeAsync(900);
    answer(3);
    await vi.advanceTimersByTimeAsync(10);
    expect(send.mock.calls).toEqual([
      ['b', 1],
      ['bc', 2],
    ]);
    expect(keeper.snapshot().save.kind).toBe('saved');
  });

  it('sends again what was typed while a slow save was still under way', async () => {
    let answer: (revision: number) => void = () => undefined;
    const send = vi.fn((_body: string, revision: number) => new Promise<number>((resolve) => (answer = () => resolve(revision + 1))));
    const { keeper } = keeperOf({ send });
    keeper.change('b');
    await vi.advanceTimersByTimeAsync(900);
    keeper.change('bc');
    await vi.advanceTimersByTimeAsync(900);
    answer(2);
    await vi.advanceTimersByTimeAsync(900);
    answer(3);
    await vi.advanceTimersByTimeAsync(10);
    expect(send.mock.calls.map((call) => call[0])).toEqual(['b', 'bc']);
    expect(keeper.snapshot()).toMatchObject({ body: 'bc', save: { kind: 'saved' } });
  });

  it('never sends an incomplete body, and keeps it in the browser', async () => {
    const { keeper, send, kept } = keeperOf({ complaints: () => [{ path: ['name'], message: 'give it a name' }] });
    keeper.change('');
    await vi.advanceTimersByTimeAsync(5000);
    expect(send).not.toHaveBeenCalled();
    expect(keeper.snapshot()).toMatchObject({ save: { kind: 'incomplete' }, issues: [{ path: ['name'] }] });
    expect(kept).toEqual([{ body: '', revision: 1, at: 5 }]);
  });

  it('stops at a conflict until the author decides', async () => {
    const send = vi.fn(async () => Promise.reject(problem(409)));
    const { keeper } = keeperOf({ send });
    keeper.change('b');
    await vi.advanceTimersByTimeAsync(1000);
    keeper.change('bc');
    await vi.advanceTimersByTimeAsync(9000);
    expect(send).toHaveBeenCalledTimes(1);
    expect(keeper.snapshot()).toMatchObject({ body: 'bc', save: { kind: 'conflict' } });
    send.mockResolvedValueOnce(8 as never);
    keeper.insist(7);
    await vi.advanceTimersByTimeAsync(1000);
    expect(send).toHaveBeenLastCalledWith('bc', 7);
    expect(keeper.snapshot()).toMatchObject({ revision: 8, save: { kind: 'saved' } });
  });

  it('shows what the server complained about, and tries again by itself when it was away', async () => {
    const send = vi.fn(async (_body: string, _revision: number) => 2);
    send.mockRejectedValueOnce(problem(503)).mockRejectedValueOnce(problem(400, [{ path: ['steps'], message: 'needs a step' }]));
    const { keeper } = keeperOf({ send });
    keeper.change('b');
    await vi.advanceTimersByTimeAsync(1000);
    expect(keeper.snapshot().save.kind).toBe('failed');
    await vi.advanceTimersByTimeAsync(5000);
    expect(keeper.snapshot()).toMatchObject({
      save: { kind: 'incomplete', problem: { status: 400 } },
      issues: [{ message: 'needs a step' }],
    });
    keeper.change('bc');
    expect(keeper.snapshot().save).toEqual({ kind: 'waiting' });
  });
});
