import { createHash } from 'node:crypto';
import type { Clock } from '@gangway/product/kernel/clock.ts';
import type { Message } from '@gangway/product/kernel/effect.ts';
import { type Courier, complaintAbout } from '@gangway/product/ports/courier/courier.ts';
import type { Files } from '@gangway/product/ports/files/files.ts';

/** A message that was put into the mailbox, at `at` (epoch milliseconds). */
export interface MailboxMessage extends Message {
  readonly id: string;
  readonly at: number;
}

export interface MailboxCourier extends Courier {
  /** The messages that are kept, newest first. */
  list(): Promise<MailboxMessage[]>;
}

/** How many messages the mailbox keeps; the oldest go first. */
const messagesKept = 500;
const folder = 'mailbox/';

/**
 * Where messages go while no SMTP server is set: into files that the dashboard shows. The name of a file is the
 * instant and a digest of the id, so that names sort by time and an id is kept once.
 */
export function createMailboxCourier({ files, clock }: { files: Files; clock: Clock }): MailboxCourier {
  let tail: Promise<unknown> = Promise.resolve();
  const keep = async (id: string, message: Message) => {
    const ending = `-${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`;
    const names = await files.list(folder);
    if (names.some((name) => name.endsWith(ending))) return;
    const at = clock.now();
    const kept: MailboxMessage = { id, at, to: message.to, subject: message.subject, text: message.text };
    await files.put(`${folder}${String(at).padStart(15, '0')}${ending}`, new TextEncoder().encode(JSON.stringify(kept)));
    for (const name of names.slice(0, Math.max(0, names.length + 1 - messagesKept))) await files.remove(name);
  };
  return {
    kind: 'mailbox',
    async send(id, message) {
      const reason = complaintAbout(message);
      if (reason) return { outcome: 'refused', reason, retry: false };
      // One at a time: two copies of an id at once would both find nothing.
      const turn = tail.then(() => keep(id, message));
      tail = turn.catch(() => undefined);
      await turn;
      return { outcome: 'accepted' };
    },
    async list() {
      const names = (await files.list(folder)).reverse();
      const blobs = await Promise.all(names.map((name) => files.get(name)));
      return blobs.flatMap((blob) => (blob ? [JSON.parse(new TextDecoder().decode(blob)) as MailboxMessage] : []));
    },
    close: async () => void (await tail),
  };
}
