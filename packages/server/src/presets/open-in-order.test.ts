import { expect, test } from 'vitest';
import { openInOrder } from './open-in-order.ts';

/** Opens three parts and notes the order in which they are closed; those named cannot be. */
function parts(...broken: readonly string[]) {
  const closed: string[] = [];
  const closing = (name: string) => async () => {
    closed.push(name);
    if (broken.includes(name)) throw new Error(`${name} does not close`);
  };
  return { closed, all: ['pool', 'log', 'courier'].map(closing) };
}

const unheard = (error: unknown) => {
  throw error;
};

test('what was opened last is closed first, and once', async () => {
  const { closed, all } = parts();
  const { close, port } = await openInOrder(async (opened) => {
    opened.push(...all);
    return { port: 1 };
  }, unheard);
  await close();
  await close();
  expect([port, closed]).toEqual([1, ['courier', 'log', 'pool']]);
});

test('one that does not close keeps none of the others open, and the first reason is told', async () => {
  const { closed, all } = parts('courier', 'log');
  const { close } = await openInOrder(async (opened) => ({ opened: opened.push(...all) }), unheard);
  await expect(close()).rejects.toThrow('courier does not close');
  expect(closed).toEqual(['courier', 'log', 'pool']);
});

test('when a part cannot be opened, those before it are closed, and its reason is the one that is told', async () => {
  const { closed, all } = parts('log');
  const reported: unknown[] = [];
  const opening = openInOrder(
    async (opened): Promise<object> => {
      opened.push(...all.slice(0, 2));
      throw new Error('no database');
    },
    (error) => reported.push(error),
  );
  await expect(opening).rejects.toThrow('no database');
  expect(closed).toEqual(['log', 'pool']);
  expect(reported).toEqual([new Error('log does not close')]);
});
