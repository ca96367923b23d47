import { type FileHandle, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecord, readSegment } from './journal-segment.ts';

/** A message as it was about to be published: enough to publish it again under the same id. */
export interface JournalMessage {
  readonly id: string;
  readonly partition: number;
  /** The entries as a JSON list, without the instant of their append. */
  readonly entries: string;
}

/** A message of an earlier run and the position at which the log acknowledged it, if it did. */
export interface LeftMessage extends JournalMessage {
  readonly position: number | undefined;
}

type JournalRecord =
  | ({ readonly what: 'message' } & JournalMessage)
  | { readonly what: 'acknowledged'; readonly id: string; readonly position: number }
  | { readonly what: 'refused'; readonly id: string };

export interface Journal {
  /** Messages of earlier runs, in order, without those that were refused to their senders. */
  readonly left: readonly LeftMessage[];
  /** Resolves when the messages are on disk. One call of the journal at a time. */
  add(messages: readonly JournalMessage[]): Promise<void>;
  /** Notes which messages the log holds. Not synced: losing a note costs one more copy that readers drop. */
  acknowledge(messages: readonly { readonly id: string; readonly position: number }[]): Promise<void>;
  /** Notes that senders were told of a failure: these are not published again. On disk when this resolves. */
  refuse(ids: readonly string[]): Promise<void>;
  /** Tells that all of `left` is in the log, so that their files may go in time. */
  settled(): void;
  close(): Promise<void>;
}

interface Segment {
  readonly path: string;
  /** Messages in it that the log does not hold yet. */
  readonly open: Set<string>;
  /** When the last of them was acknowledged, by the monotone clock. */
  closedAt: number;
}

/**
 * What a node wrote down before it published, in a folder of its own. A file goes `keepFor` milliseconds after
 * everything in it was acknowledged: a server that syncs once a minute acknowledges before it has synced.
 */
export async function openJournal(folder: string, keepFor: number): Promise<Journal> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => /^\d{10}\.journal$/.test(name)).sort();
  const records: JournalRecord[] = [];
  for (const name of names) records.push(...(await readSegment(join(folder, name))).map((text) => JSON.parse(text) as JournalRecord));
  const left = leftMessages(records);
  const old: Segment[] = names.map((name) => ({
    path: join(folder, name),
    open: new Set(left.length > 0 ? [name] : []),
    closedAt: performance.now(),
  }));
  let number = Number.parseInt(names.at(-1) ?? '0', 10);
  let active: Segment & { readonly file: FileHandle; readonly since: number };

  const startSegment = async () => {
    const path = join(folder, `${String(++number).padStart(10, '0')}.journal`);
    active = { path, open: new Set(), closedAt: performance.now(), since: performance.now(), file: await open(path, 'ax', 0o600) };
    await syncFolder(folder);
  };
  const write = async (given: readonly JournalRecord[]) => {
    await active.file.appendFile(Buffer.concat(given.map((record) => encodeRecord(JSON.stringify(record)))));
  };
  const finish = (ids: readonly string[]) => {
    for (const segment of [...old, active]) {
      for (const id of ids) if (segment.open.delete(id)) segment.closedAt = performance.now();
    }
  };
  const tidy = async () => {
    const now = performance.now();
    if (now - active.since > keepFor / 2 && active.since !== active.closedAt) {
      await active.file.close();
      old.push(active);
      await startSegment();
    }
    for (const segment of [...old]) {
      // Oldest first, so that a note never outlives the message it is about.
      if (segment.open.size > 0 || now - segment.closedAt < keepFor) return;
      await unlink(segment.path);
      old.shift();
    }
  };

  await startSegment();
  return {
    left,
    async add(messages) {
      await tidy();
      await write(messages.map((message) => ({ what: 'message', ...message })));
      await active.file.datasync();
      for (const { id } of messages) active.open.add(id);
    },
    async acknowledge(messages) {
      await write(messages.map(({ id, position }) => ({ what: 'acknowledged', id, position })));
      finish(messages.map(({ id }) => id));
    },
    async refuse(ids) {
      await write(ids.map((id) => ({ what: 'refused', id })));
      await active.file.datasync();
      finish(ids);
    },
    settled() {
      for (const segment of old) {
        segment.open.clear();
        segment.closedAt = performance.now();
      }
    },
    close: () => active.file.close(),
  };
}

function leftMessages(records: readonly JournalRecord[]): LeftMessage[] {
  const messages = new Map<string, LeftMessage>();
  for (const record of records) {
    if (record.what === 'message')
      messages.set(record.id, { id: record.id, partition: record.partition, entries: record.entries, position: undefined });
    else if (record.what === 'refused') messages.delete(record.id);
    else {
      const message = messages.get(record.id);
      if (message) messages.set(record.id, { ...message, position: record.position });
    }
  }
  return [...messages.values()];
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
