import { describeCourierContract } from '@gangway/product/ports/courier/courier.contract.ts';
import { createMemoryFiles } from '@gangway/product/ports/files/memory-files.ts';
import { expect, test } from 'vitest';
import { createMailboxCourier } from './mailbox-courier.ts';

const message = { to: 'ann@example.com', subject: 'Welcome', text: 'Hello.' };

describeCourierContract('mailbox', async () => {
  let now = 1_700_000_000_000;
  const courier = createMailboxCourier({ files: createMemoryFiles(), clock: { now: () => now++ } });
  const received = async () => (await courier.list()).reverse().map(({ at: _, ...rest }) => rest);
  return { courier, received, close: async () => undefined };
});

test('newest first, and another courier over the same files sees them', async () => {
  let now = 1_700_000_000_000;
  const files = createMemoryFiles();
  const clock = { now: () => now++ };
  const courier = createMailboxCourier({ files, clock });
  for (const id of ['a', 'b', 'c']) await courier.send(id, message);
  const again = createMailboxCourier({ files, clock });
  await again.send('a', message);
  expect((await again.list()).map((one) => [one.id, one.at])).toEqual([
    ['c', 1_700_000_000_002],
    ['b', 1_700_000_000_001],
    ['a', 1_700_000_000_000],
  ]);
});

test('the newest 500 are kept', async () => {
  let now = 1_700_000_000_000;
  const courier = createMailboxCourier({ files: createMemoryFiles(), clock: { now: () => now++ } });
  for (let number = 0; number < 503; number++) await courier.send(`m${number}`, message);
  const kept = await courier.list();
  expect(kept).toHaveLength(500);
  expect([kept[0]?.id, kept.at(-1)?.id]).toEqual(['m502', 'm3']);
});
