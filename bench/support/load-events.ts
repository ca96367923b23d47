import { randomUUID } from 'node:crypto';

const names = [
  'Board Created',
  'Card Moved',
  'Card Moved',
  'Card Moved',
  'Teammate Invited',
  'Comment Added',
  'File Uploaded',
  'Search Used',
  'Report Opened',
  'Plan Chosen',
];

/** A batch as Segment's library would send it: mostly track, some identify and page, people drawn unevenly. */
export function makeBatch(size: number, people: number): Record<string, unknown>[] {
  return Array.from({ length: size }, () => {
    // Squaring makes a few people busy and many quiet, as in life.
    const person = Math.floor(Math.random() ** 2 * people);
    // Last in each literal: what follows a spread costs V8 a microsecond a member, and the generator shares the machine.
    const common = {
      messageId: randomUUID(),
      userId: `user-${person}`,
      timestamp: new Date().toISOString(),
      context: { library: { name: 'bench', version: '1' } },
    };
    const kind = Math.random();
    if (kind < 0.05) {
      const plan = person % 3 === 0 ? 'pro' : 'free';
      const traits = { name: `Person ${person}`, email: `person-${person}@example.com`, plan, seats: person % 40 };
      return { type: 'identify', traits, ...common };
    }
    if (kind < 0.15) return { type: 'page', name: 'Board', properties: { path: `/boards/${person % 100}`, title: 'Board' }, ...common };
    const event = names[Math.floor(Math.random() * names.length)];
    return {
      type: 'track',
      event,
      properties: { boardId: `b-${person % 1000}`, from: 'To do', to: 'Doing', count: person % 7 },
      ...common,
    };
  });
}

/** Thirty rules of the kinds that people write: counts, windows, traits, combinations. */
export function liveRules(count: number): { id: string; rule: unknown }[] {
  return Array.from({ length: count }, (_, index) => {
    const event = { type: 'event', name: names[index % names.length], operator: 'at_least', times: 1 + (index % 5) };
    const windowed = { ...event, within: (1 + (index % 14)) * 86_400_000 };
    const trait = { type: 'trait', name: 'plan', operator: 'equals', value: 'pro' };
    const rule = [event, windowed, { type: 'all', of: [trait, event] }, { type: 'any', of: [windowed, { type: 'not', rule: trait }] }][
      index % 4
    ];
    return { id: `rule-${index}`, rule };
  });
}
