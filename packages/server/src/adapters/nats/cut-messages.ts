import { createHash } from 'node:crypto';
import type { JournalMessage } from './journal.ts';

/** Bytes that a message aims to stay below; servers take 1 MB unless told otherwise. */
export const messageBytes = 900_000;

/** One entry as JSON, and its size in bytes. */
export interface EntryText {
  readonly text: string;
  readonly bytes: number;
}

/** A message and how many entries it holds. */
export interface CutMessage extends JournalMessage {
  readonly count: number;
}

/** The entries of a partition as messages of bounded size, order kept. An entry that is larger stands alone. */
export function cutMessages(partition: number, entries: readonly EntryText[]): CutMessage[] {
  const messages: CutMessage[] = [];
  let group: string[] = [];
  let size = 0;
  const close = () => {
    if (group.length === 0) return;
    const text = `[${group.join(',')}]`;
    messages.push({ id: messageId(partition, text), partition, entries: text, count: group.length });
    group = [];
    size = 0;
  };
  for (const { text, bytes } of entries) {
    if (size + bytes > messageBytes) close();
    group.push(text);
    size += bytes + 1;
  }
  close();
  return messages;
}

/** The same content has the same id, on every try and after every crash: the server keeps one copy of it. */
function messageId(partition: number, text: string): string {
  return `${partition}-${createHash('sha256').update(text).digest('base64url')}`;
}
