import type { Message } from '../../kernel/effect.ts';

/** What became of a message: taken, or why not and whether another try can help. */
export type Delivery = { readonly outcome: 'accepted' } | { readonly outcome: 'refused'; readonly reason: string; readonly retry: boolean };

/** Carries messages out of the house. */
export interface Courier {
  /** Where messages go: to the world, or into the mailbox that the dashboard shows. */
  readonly kind: 'smtp' | 'mailbox';
  /** Hands one message over. `id` is stable over retries, so that a receiver can drop the second copy. Never throws for what the receiver says. */
  send(id: string, message: Message): Promise<Delivery>;
  close(): Promise<void>;
}

/** Undefined when the message may be sent, else why not: one plain address, no control characters in headers. */
export function complaintAbout(message: Message): string | undefined {
  if (!/^[^\s@<>(),;:\\"[\]]{1,64}@[a-z0-9.-]{1,190}$/i.test(message.to)) return 'the address is not one plain e-mail address';
  const control = [...message.subject].some(
    (character) => character < ' ' || character === '\u007f' || character === '\u2028' || character === '\u2029',
  );
  if (control) return 'the subject holds a control character';
  return message.subject.length > 300 ? 'the subject is longer than 300 characters' : undefined;
}
