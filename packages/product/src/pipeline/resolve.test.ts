import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcceptedEvent } from '../kernel/event.ts';
import type { LinkKey } from '../kernel/link-key.ts';
import { linksOf, resolve } from './resolve.ts';

type Sent = Partial<Pick<AcceptedEvent, 'type' | 'userId' | 'anonymousId' | 'previousId'>>;

/** The set of links as stage 3 keeps it, and nothing else: the cases of the identity table can be told by it. */
function createWorld() {
  const links = new Map<LinkKey, string>();
  let made = 0;
  return {
    links,
    /** Whose event it is. */
    take(sent: Sent): string {
      const event: AcceptedEvent = { type: 'track', messageId: `m${made}`, time: 0, receivedAt: 0, level: 'claimed', ...sent };
      const found = resolve(event, {
        personOf: (key) => links.get(key),
        hasUser: (person) => [...links].some(([key, owner]) => owner === person && key.startsWith('user:')),
      });
      const person = found.adopt ?? links.get(found.owner) ?? `p${++made}`;
      for (const key of found.link) links.set(key, person);
      if (found.merge !== undefined) for (const [key, owner] of links) if (owner === found.merge) links.set(key, person);
      return person;
    },
    of: (key: LinkKey) => links.get(key),
  };
}

describe('who an event belongs to', () => {
  it('1: a device that is identified joins the user, with all that it did before', () => {
    const world = createWorld();
    const before = world.take({ anonymousId: 'a' });
    expect(world.take({ type: 'identify', userId: 'u', anonymousId: 'a' })).toBe(before);
    expect(world.take({ userId: 'u' })).toBe(before);
  });

  it('2: identify that comes before the device’s events gives the same persons', () => {
    const world = createWorld();
    const user = world.take({ type: 'identify', userId: 'u', anonymousId: 'a' });
    expect(world.take({ anonymousId: 'a' })).toBe(user);
  });

  it('3: two devices of a user are one person, also when both were known before', () => {
    const world = createWorld();
    world.take({ anonymousId: 'a' });
    world.take({ anonymousId: 'b' });
    const user = world.take({ type: 'identify', userId: 'u', anonymousId: 'a' });
    expect(world.take({ type: 'identify', userId: 'u', anonymousId: 'b' })).toBe(user);
    expect(world.take({ anonymousId: 'b' })).toBe(user);
  });

  it('4: a shared device stays with its first user; the second user’s events are theirs all the same', () => {
    const world = createWorld();
    const first = world.take({ type: 'identify', userId: 'u1', anonymousId: 'a' });
    const second = world.take({ type: 'identify', userId: 'u2', anonymousId: 'a' });
    expect(second).not.toBe(first);
    expect(world.take({ anonymousId: 'a' })).toBe(first);
    expect(world.take({ userId: 'u2', anonymousId: 'a' })).toBe(second);
  });

  it('5: of two ids the user’s decides, and implies the link', () => {
    const world = createWorld();
    const user = world.take({ userId: 'u', anonymousId: 'a' });
    expect(world.take({ anonymousId: 'a' })).toBe(user);
  });

  it('6: an alias of two users is refused, and both stay', () => {
    const world = createWorld();
    const first = world.take({ userId: 'u1' });
    const second = world.take({ userId: 'u2' });
    expect(world.take({ type: 'alias', previousId: 'u1', userId: 'u2' })).toBe(second);
    expect([world.of('user:u1'), world.of('user:u2')]).toEqual([first, second]);
    const links = { personOf: (key: LinkKey) => world.of(key), hasUser: () => true };
    const alias = { type: 'alias', messageId: 'm', time: 0, receivedAt: 0, level: 'claimed', previousId: 'u1', userId: 'u2' } as const;
    expect(resolve(alias, links).refused).toBe(first);
  });

  it('7: an alias of a device is as identify', () => {
    const world = createWorld();
    const device = world.take({ anonymousId: 'a' });
    expect(world.take({ type: 'alias', previousId: 'a', userId: 'u' })).toBe(device);
    expect(world.take({ anonymousId: 'a' })).toBe(device);
  });

  it('9: an alias of oneself, and back again, changes nothing', () => {
    const world = createWorld();
    const user = world.take({ userId: 'u', anonymousId: 'a' });
    const before = new Map(world.links);
    expect(world.take({ type: 'alias', previousId: 'u', userId: 'u' })).toBe(user);
    expect(world.take({ type: 'alias', previousId: 'a', userId: 'u' })).toBe(user);
    expect(world.links).toEqual(before);
  });

  it('a user and a device of the same name are two', () => {
    const world = createWorld();
    expect(world.take({ userId: 'x' })).not.toBe(world.take({ anonymousId: 'x' }));
  });

  it('names every link that it may ask for beforehand', () => {
    const id = fc.option(fc.constantFrom('x', 'y'), { nil: undefined });
    const sent = fc.record({ type: fc.constantFrom('track' as const, 'alias' as const), userId: id, anonymousId: id, previousId: id });
    fc.assert(
      fc.property(sent, (each) => {
        const ids = Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined));
        const event = { messageId: 'm', time: 0, receivedAt: 0, level: 'claimed', type: 'track', ...ids } as AcceptedEvent;
        const named = new Set(linksOf(event));
        resolve(event, {
          personOf: (key) => {
            expect(named).toContain(key);
            return undefined;
          },
          hasUser: () => false,
        });
      }),
    );
  });
});

describe('the order of arrival', () => {
  it('does not decide who is one person, as long as no device is shared', () => {
    const user = fc.constantFrom('u1', 'u2', undefined);
    const events = fc.array(fc.record({ device: fc.constantFrom('a', 'b', 'c', 'd'), user }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (drawn, dice) => {
        // Each device belongs to one user: the first one it was drawn with.
        const owners = new Map(drawn.flatMap(({ device, user: name }) => (name === undefined ? [] : [[device, name] as const])).reverse());
        const sent = drawn.map(({ device, user: name }): Sent => {
          const owner = owners.get(device);
          return name === undefined || owner === undefined ? { anonymousId: device } : { anonymousId: device, userId: owner };
        });
        expect(groups(shuffled(sent, dice))).toEqual(groups(sent));
      }),
    );
  });
});

/** Which ids belong together, in a form that does not depend on how persons are called. */
function groups(sent: readonly Sent[]): string[] {
  const world = createWorld();
  for (const each of sent) world.take(each);
  const people = new Map<string, string[]>();
  for (const [key, person] of world.links) people.set(person, [...(people.get(person) ?? []), key].sort());
  return [...people.values()].map((keys) => keys.join(' ')).sort();
}

function shuffled<T>(items: readonly T[], dice: Iterator<number>): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice((dice.next().value ?? 0) % rest.length, 1));
}
