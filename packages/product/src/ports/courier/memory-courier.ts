import type { Message } from '../../kernel/effect.ts';
import { type Courier, complaintAbout } from './courier.ts';

/** A message that was taken. */
export interface Kept extends Message {
  readonly id: string;
}

/** The in-memory twin: keeps what it is given, once per id. */
export function createMemoryCourier(kept: Kept[] = []): Courier & { readonly kept: readonly Kept[] } {
  return {
    kind: 'mailbox',
    kept,
    async send(id, message) {
      const reason = complaintAbout(message);
      if (reason) return { outcome: 'refused', reason, retry: false };
      if (!kept.some((other) => other.id === id)) kept.push({ id, ...message });
      return { outcome: 'accepted' };
    },
    close: async () => undefined,
  };
}
