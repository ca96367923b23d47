import { recentEvents } from '@gangway/product/features/people/server/queries/recent-events.ts';
import { createSignInLink, openSession } from '@gangway/product/features/workspace/server/sessions.ts';
import { scopeKey } from '@gangway/product/kernel/scope.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { basic, newId } from '../testing/test-caller.ts';
import { did, milestoneOf, publishBody } from '../testing/test-content.ts';

const [minute, hour] = [60_000, 3_600_000];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ run: false });
  const quiet = { type: 'event', name: 'Left', operator: 'at_most', times: 0, within: hour } as const;
  await publishBody(server, { slice: 'milestones', id: 'gone-quiet' }, milestoneOf({ type: 'all', of: [did('Left'), quiet] }));
  // The evening before a leap day.
  server.clock.set(Date.UTC(2028, 1, 28, 23, 30));
});
afterAll(() => server.stop());

async function rowsOf(name: string): Promise<{ readonly k: number }[]> {
  await server.settle();
  const rows = await server.ports.warehouse.run(recentEvents, { scope: scopeKey(server.scope), limit: 1_000 });
  return rows.filter((row) => row.name === name);
}
const track = (event: string, more: object = {}) =>
  server.as(undefined).post('/v1/track', { event, userId: 'ada', messageId: newId(), ...more }, basic(server.environment.writeKey));

describe('72: a server whose clock jumps', () => {
  it('wakes nobody twice: what became true by time became so once, also over a leap day', async () => {
    await track('Left');
    expect(await rowsOf('gone-quiet')).toHaveLength(0);
    for (const jump of [2 * hour, -2 * hour, 2 * hour, -hour, 24 * hour]) {
      server.clock.advance(jump);
      await server.settle();
    }
    expect(await rowsOf('gone-quiet')).toHaveLength(1);
  });

  it('takes events at its own time where the sender’s clock is ten years off, and keeps what was claimed', async () => {
    const now = server.clock.now();
    for (const years of [-10, 10]) {
      const wrong = now + years * 365 * 24 * hour;
      await track(`Off ${years}`, { timestamp: new Date(wrong - minute).toISOString(), sentAt: new Date(wrong).toISOString() });
      expect((await rowsOf(`Off ${years}`)).map(({ k }) => Math.floor(k / 4096))).toEqual([now - minute]);
    }
    await track('Off by ten', { timestamp: new Date(now + 10 * 365 * 24 * hour).toISOString() });
    expect((await rowsOf('Off by ten')).map(({ k }) => Math.floor(k / 4096))).toEqual([now]);
  });

  it('lets no link live longer: one from before the clock was set back is refused until its time has come again', async () => {
    const open = (token: string) =>
      openSession(server.services, token).then(
        () => 'opened',
        (error: { code: string }) => error.code,
      );
    const token = await createSignInLink(server.services, server.user);
    server.clock.advance(-2 * hour);
    expect(await open(token)).toBe('link_not_valid');
    server.clock.advance(2 * hour + 31 * minute);
    expect(await open(token)).toBe('link_not_valid');
    const fresh = await createSignInLink(server.services, server.user);
    server.clock.advance(-minute);
    expect(await open(fresh)).toBe('opened');
  });
});
