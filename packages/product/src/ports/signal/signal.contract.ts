import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Signal } from './signal.ts';

/** Two ends of one line: the same object where signals stay in a process. */
export interface SignalUnderTest {
  readonly here: Signal;
  readonly there: Signal;
  /** What handlers threw, as the adapter reported it. */
  readonly reported: readonly unknown[];
  close(): Promise<void>;
}

/** The behaviour of every {@link Signal}. */
export function describeSignalContract(name: string, create: () => Promise<SignalUnderTest>): void {
  describe(`signal: ${name}`, () => {
    let made: SignalUnderTest;
    beforeAll(async () => {
      made = await create();
    });
    afterAll(() => made?.close());
    describePayloads(() => made);
    describeSubscribers(() => made);
  });
}

/** Publishes until `done`: a subscription to a server takes a moment to be known there. */
async function publishUntil(done: () => boolean, publish: () => void): Promise<void> {
  for (let attempt = 0; attempt < 200 && !done(); attempt++) {
    publish();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Long enough for what was published before to have arrived. */
async function settled({ here, there }: SignalUnderTest): Promise<void> {
  let echoed = false;
  const stop = there.subscribe('outbox', () => {
    echoed = true;
  });
  await publishUntil(
    () => echoed,
    () => here.publish('outbox', {}),
  );
  stop();
}

function describePayloads(made: () => SignalUnderTest): void {
  test('what is published arrives as it was, in order', async () => {
    const got: number[] = [];
    const stop = made().there.subscribe('log', ({ partition }) => got.push(partition));
    await settled(made());
    for (let partition = 0; partition < 50; partition++) made().here.publish('log', { partition });
    await settled(made());
    expect(got).toEqual(Array.from({ length: 50 }, (_, index) => index));
    stop();
  });

  test('payloads survive: unicode, nested nulls, hostile strings', async () => {
    const payload = {
      workspace: 'w',
      environment: 'e',
      events: [{ a: null, nul: 'a\u0000b', lone: '\ud800', text: '日本語 🚪', list: [1, [null]] }],
      people: ["o'brien", ''],
      accounts: [],
    };
    const got: unknown[] = [];
    const stop = made().there.subscribe('applied', (value) => got.push(value));
    await settled(made());
    made().here.publish('applied', payload);
    await settled(made());
    expect(got).toEqual([payload]);
    stop();
  });
}

function describeSubscribers(made: () => SignalUnderTest): void {
  test('every subscriber hears it, also the sender; nobody hears another topic', async () => {
    const got: string[] = [];
    const stops = [
      made().here.subscribe('manifest', ({ people }) => got.push(`here ${people}`)),
      made().there.subscribe('manifest', ({ people }) => got.push(`there ${people}`)),
      made().there.subscribe('manifest', ({ people }) => got.push(`there too ${people}`)),
      made().there.subscribe('definitions', () => got.push('wrong')),
    ];
    await settled(made());
    made().here.publish('manifest', { workspace: 'w', environment: 'e', people: ['p', 'q'] });
    await settled(made());
    await settled(made());
    expect(got.sort()).toEqual(['here p,q', 'there p,q', 'there too p,q']);
    for (const stop of stops) stop();
  });

  test('a subscription that was stopped hears nothing, also when stopped twice', async () => {
    const got: number[] = [];
    const stop = made().there.subscribe('projected', ({ position }) => got.push(position));
    await settled(made());
    stop();
    stop();
    made().here.publish('projected', { partition: 0, position: 1 });
    await settled(made());
    expect(got).toEqual([]);
  });

  test('a handler that throws is reported and hurts nobody else', async () => {
    const got: number[] = [];
    const before = made().reported.length;
    const stops = [
      made().there.subscribe('log', () => {
        throw new Error('on purpose');
      }),
      made().there.subscribe('log', ({ partition }) => got.push(partition)),
    ];
    await settled(made());
    made().here.publish('log', { partition: 1 });
    made().here.publish('log', { partition: 2 });
    await settled(made());
    expect(got).toEqual([1, 2]);
    expect(made().reported.length - before).toBe(2);
    for (const stop of stops) stop();
  });
}
