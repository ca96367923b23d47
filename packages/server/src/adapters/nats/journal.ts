import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LostDisk, readSegment, SegmentFile } from './journal-segment.ts';

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

/** Whom a journal tells. */
export interface JournalTold {
  /** Takes a sentence for the operator: what was cut off, what is damaged. */
  readonly report?: (sentence: string) => void;
  /** The disk did not confirm a write: the process should end. */
  readonly onLost?: (reason: string) => void;
}

/** A file of the journal, as far as its removal goes. */
interface Segment {
  readonly path: string;
  /** Messages in it that the log does not hold yet. */
  readonly open: Set<string>;
  /** When the last of them was acknowledged, by the monotone clock. */
  closedAt: number;
}

interface ActiveSegment extends Segment {
  readonly file: SegmentFile;
  readonly since: number;
}

const segmentName = /^\d{10}\.journal$/;

/**
 * What a node wrote down before it published, in a folder of its own. A file goes `keepFor` milliseconds after
 * everything in it was acknowledged: a server that syncs once a minute acknowledges before it has synced.
 */
export async function openJournal(
  folder: string,
  keepFor: number,
  { report = () => undefined, onLost = () => undefined }: JournalTold = {},
): Promise<Journal> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => segmentName.test(name)).sort();
  const records: JournalRecord[] = [];
  for (const name of names)
    records.push(...(await readSegment(join(folder, name), report)).map((text) => JSON.parse(text) as JournalRecord));
  const left = leftMessages(records);
  const old = names.map((name): Segment => ({ path: join(folder, name), open: new Set([name]), closedAt: 0 }));
  const number = Number.parseInt(names.at(-1) ?? '0', 10) + 1;
  const journal = new FileJournal({ folder, keepFor, left, old, number, onLost, active: await startSegment(folder, number) });
  if (left.length === 0) journal.settled();
  return journal;
}

async function startSegment(folder: string, number: number): Promise<ActiveSegment> {
  const path = join(folder, `${String(number).padStart(10, '0')}.journal`);
  const file = await SegmentFile.create(path);
  await syncFolder(folder);
  return { path, file, open: new Set(), since: performance.now(), closedAt: performance.now() };
}

class FileJournal implements Journal {
  readonly left: readonly LeftMessage[];
  readonly #folder: string;
  readonly #keepFor: number;
  readonly #old: Segment[];
  readonly #onLost: (reason: string) => void;
  #number: number;
  #active: ActiveSegment;

  constructor(start: {
    folder: string;
    keepFor: number;
    left: readonly LeftMessage[];
    old: Segment[];
    number: number;
    active: ActiveSegment;
    onLost: (reason: string) => void;
  }) {
    this.#onLost = start.onLost;
    this.left = start.left;
    this.#folder = start.folder;
    this.#keepFor = start.keepFor;
    this.#old = start.old;
    this.#number = start.number;
    this.#active = start.active;
  }

  async add(messages: readonly JournalMessage[]): Promise<void> {
    await this.#rotate();
    await this.#tidy();
    await this.#write(messages.map((message) => ({ what: 'message', ...message })));
    await this.#sync();
    for (const { id } of messages) this.#active.open.add(id);
  }

  async acknowledge(messages: readonly { readonly id: string; readonly position: number }[]): Promise<void> {
    this.#finish(messages.map(({ id }) => id));
    await this.#write(messages.map(({ id, position }) => ({ what: 'acknowledged', id, position })));
  }

  async refuse(ids: readonly string[]): Promise<void> {
    this.#finish(ids);
    await this.#write(ids.map((id) => ({ what: 'refused', id })));
    await this.#sync();
  }

  settled(): void {
    for (const segment of this.#old) {
      segment.open.clear();
      segment.closedAt = performance.now();
    }
  }

  close(): Promise<void> {
    return this.#active.file.close();
  }

  #write(records: readonly JournalRecord[]): Promise<void> {
    return this.#active.file.append(records.map((record) => JSON.stringify(record)));
  }

  async #sync(): Promise<void> {
    try {
      await this.#active.file.sync();
    } catch (error) {
      if (error instanceof LostDisk) this.#onLost(error.message);
      throw error;
    }
  }

  #finish(ids: readonly string[]): void {
    for (const segment of [...this.#old, this.#active]) {
      for (const id of ids) if (segment.open.delete(id)) segment.closedAt = performance.now();
    }
  }

  async #rotate(): Promise<void> {
    const before = this.#active;
    if (before.file.isEmpty || performance.now() - before.since < this.#keepFor / 2) return;
    this.#active = await startSegment(this.#folder, ++this.#number);
    this.#old.push(before);
    await before.file.close();
  }

  /** Oldest first, so that a note never outlives the message it is about. */
  async #tidy(): Promise<void> {
    for (const segment of [...this.#old]) {
      if (segment.open.size > 0 || performance.now() - segment.closedAt < this.#keepFor) return;
      await rm(segment.path, { force: true });
      this.#old.shift();
    }
  }
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
