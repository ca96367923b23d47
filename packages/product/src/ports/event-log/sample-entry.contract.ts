import type { Entry } from '../../kernel/entry.ts';
import type { JsonObject } from '../../kernel/json.ts';

/** A client's event as the log takes it; `user` decides the partition. */
export function sampleEntry(part: { id: string; user?: string; properties?: JsonObject }): Entry {
  const user = part.user ?? 'u1';
  return {
    id: part.id,
    scope: { workspace: 'w_log', environment: 'e_log' },
    origin: 'source',
    depth: 0,
    body: {
      what: 'event',
      event: {
        type: 'track',
        messageId: part.id,
        userId: user,
        event: 'Sample Done',
        properties: part.properties ?? {},
        time: 1_700_000_000_000,
        receivedAt: 1_700_000_000_001,
        level: 'server',
      },
    },
  };
}

/** `count` entries with ids `prefix-0`, `prefix-1` …, spread over `users` people. */
export function sampleEntries(prefix: string, count: number, users = 1): Entry[] {
  return Array.from({ length: count }, (_, index) => sampleEntry({ id: `${prefix}-${index}`, user: `u${index % users}` }));
}
